import { preparePlace } from '../../server/embedded/place.ts';
import { serve } from '../../server/embedded/serve.ts';

/* Hosts a directory without a thread of its own: there a scene has no reach. */
const place = preparePlace(process.argv[2] ?? '');
await serve(place);
process.stdout.write(`${place.uri}\n`);
