import { pino, type Logger } from 'pino';

export type { Logger };

/** Structured log lines with ids and facts. What could name a person or open a door is cut out wherever it turns up. */
export const logger: Logger = pino({
  level: process.env['LOG_LEVEL'] ?? (process.env['NODE_ENV'] === 'production' ? 'info' : 'warn'),
  redact: {
    paths: [
      'email',
      'name',
      'token',
      '*.email',
      '*.name',
      '*.token',
      'req.headers',
      'req.query',
      'req.body',
      'res.headers',
    ],
    remove: true,
  },
});
