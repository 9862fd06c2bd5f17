// Node 20 gives a thread no loader of its process: this one brings its own, and then is worker.ts.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
