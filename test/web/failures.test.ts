import { expect } from 'chai';
import express from 'express';
import { symbols } from 'pino';
import request from 'supertest';
import { AppError, type ErrorKind } from '../../server/platform/errors.ts';
import { logger } from '../../server/platform/logger.ts';
import { errorPages } from '../../server/web/error-pages.ts';
import { framePages } from '../../server/web/frame.ts';
import { chooseLanguage } from '../../server/web/language.ts';
import { problemAnswers } from '../../server/web/problems.ts';
import { requestLog } from '../../server/web/request-log.ts';
import { giveRequestId } from '../../server/web/request.ts';
import { freshDatabase } from '../support/hooks.ts';
import { pageOf } from '../support/page.ts';

const statuses: [ErrorKind, number][] = [
  ['invalid', 422],
  ['not-allowed', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['gone', 410],
  ['too-many', 429],
  ['unavailable', 503],
];

describe('what goes wrong', () => {
  beforeEach(freshDatabase);

  for (const [kind, status] of statuses)
    it(`answers ${status} to "${kind}", on a page and in the API`, async () => {
      const page = await silently(() => failing(new AppError('booking-closed', kind, 'Closed.'), 'page'));
      const problem = await silently(() => failing(new AppError('booking-closed', kind, 'Closed.'), 'api'));

      expect([page.status, problem.status]).to.deep.equal([status, status]);
      expect(pageOf(page, '/').heading).to.not.equal('');
      expect(problem.headers['content-type']).to.match(/^application\/problem\+json/);
      expect(problem.body).to.include({ status, code: 'booking-closed', title: 'Closed.' });
      expect(page.headers['retry-after']).to.equal(status === 503 ? '5' : undefined);
    });

  it('asks for patience when the database cannot be reached', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 192.0.2.1:27017'), {
      name: 'MongoServerSelectionError',
    });

    const answers = await silently(() => Promise.all([failing(away, 'page'), failing(away, 'api')]));

    for (const { status, headers, text } of answers) {
      expect([status, headers['retry-after']]).to.deep.equal([503, '5']);
      expect(text).not.to.include('192.0.2.1');
    }
  });

  it('leads to where one signs in, and back to the page afterwards', async () => {
    const page = await failing(new AppError('not-signed-in', 'not-signed-in', 'Sign in.'), 'page');

    expect([page.status, page.headers['location']]).to.deep.equal([303, '/sign-in?next=%2Fbookings%2Fsecret%3Fa%3Db']);
  });

  it('says nothing of an error that nobody foresaw but the number under which it is logged', async () => {
    const page = await silently(() => failing(new TypeError('secret of the house'), 'page'));
    const problem = await silently(() => failing(new TypeError('secret of the house'), 'api'));

    for (const answer of [page, problem]) {
      expect(answer.status).to.equal(500);
      expect(answer.text).not.to.include('secret of the house');
      expect(answer.text).not.to.match(/\.ts:\d+|node_modules/);
      expect(answer.text).to.include(answer.headers['x-request-id']);
    }
  });

  it('logs it once, by the pattern of its address, without token or search word', async () => {
    const lines = await logged(() => failing(new TypeError('Broken.'), 'page'));

    const failures = lines.filter(({ msg }) => msg === 'A request failed unexpectedly');
    expect(failures).to.have.lengthOf(1);
    expect(failures[0]).to.include({ method: 'GET', route: '/bookings/:token' });
    expect(JSON.stringify(lines)).not.to.match(/secret|a=b/);
    expect(lines.some(({ msg, status }) => msg !== failures[0]?.msg && status === 500)).to.equal(true);
  });
});

function failing(error: Error, door: 'page' | 'api'): Promise<request.Response> {
  const app = express();
  app.use(giveRequestId, requestLog(), chooseLanguage, framePages({ mailFrom: { name: 'M', email: 'm@example.org' } }));
  app.get('/bookings/:token', () => {
    throw error;
  });
  app.use(door === 'page' ? errorPages : problemAnswers);
  return Promise.resolve(request(app).get('/bookings/secret?a=b'));
}

async function silently<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = logger.level;
  logger.level = 'silent';
  try {
    return await work();
  } finally {
    logger.level = before;
  }
}

type Line = { msg?: string; method?: string; route?: string; status?: number };

/** Every line the logger writes meanwhile, caught where it would leave the process. */
async function logged(work: () => Promise<unknown>): Promise<Line[]> {
  const stream: { write(line: string): void } = Reflect.get(logger, symbols.streamSym);
  const level = logger.level;
  const write = stream.write.bind(stream);
  const lines: Line[] = [];
  logger.level = 'info';
  stream.write = (line) => void lines.push(JSON.parse(line));
  await work().finally(() => Object.assign(stream, { write }));
  logger.level = level;
  return lines;
}
