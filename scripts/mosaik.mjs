// The command line, compiled when it has to be: npm run --silent mosaik -- <command>.
import './build.mjs';
import { existsSync } from 'node:fs';

if (existsSync('.env')) process.loadEnvFile('.env');
await import('../dist/server/cli.js');
