import type { Plugin } from 'esbuild';

export function bundle(directory: string, options?: { plugins?: Plugin[]; sourcemap?: boolean }): Promise<void>;
