import { expect } from 'chai';
import { arrowsOf, sourcesIn, type Arrow, type Source } from './support/sources.ts';

/** The architecture, from the roof to the ground. A room imports only from floors below its own; see docs/architecture.md. */
const FLOORS: readonly (readonly string[])[] = [
  ['server/main.ts', 'server/cli.ts', 'jobs/worker.ts'],
  ['server/serve.ts'],
  ['server/app.ts'],
  ['server/pages', 'server/api', 'jobs', 'server/demo'],
  ['server/web'],
  ['templates'],
  ['templates/texts'],
  ['server/modules/reports'],
  ['server/modules/evaluation'],
  ['server/modules/attendance'],
  ['server/modules/demand', 'server/modules/institutions'],
  ['server/modules/booking'],
  ['server/modules/scheduling', 'server/modules/wording'],
  ['server/modules/auth', 'server/modules/catalogue', 'server/modules/venues'],
  [
    'server/modules/people',
    'server/modules/mail',
    'server/modules/calendar',
    'server/modules/holidays',
    'server/modules/lists',
  ],
  ['server/modules/history'],
  ['server/platform', 'server/config.ts'],
  ['server/embedded'],
];

/** Rooms of one floor that are one room. */
const ONE_ROOM: readonly string[] = ['server/platform', 'server/config.ts'];

/** Rooms that serve only some of those above them. */
const SERVES: Readonly<Record<string, RegExp>> = {
  'server/web': /^server\/(app\.ts|serve\.ts|pages\/|api\/)/,
  templates: /^(server\/(pages|web)\/|jobs\/)/,
  'server/embedded': /^server\/platform\//,
};

/** Where a package may be imported; those not named here are free. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  express: /^server\/(app\.ts|(web|pages|api)\/)/,
  bullmq: /^(jobs\/|server\/platform\/queue)/,
  ioredis: /^server\/platform\/(queue|redis)/,
  mongoose: /^server\/(platform\/database\.ts$|modules\/.*(?<!\.(rules|policy|input|errors|types))\.ts$)/,
  'preact-render-to-string': /^server\/platform\/view\.ts$/,
  lmdb: /^server\/embedded\//,
  nodemailer: /^(server\/(modules\/mail|platform)\/|jobs\/)/,
  'ical-generator': /^server\/modules\/calendar\//,
  'date-holidays': /^server\/modules\/holidays\//,
  'csv-parse/sync': /^server\/modules\/(holidays|lists)\//,
  'read-excel-file/node': /^server\/modules\/lists\//,
  'ical.js': /^server\/modules\/(holidays|calendar)\//,
  imapflow: /^server\/modules\/mail\//,
  'rrule-temporal': /^server\/modules\/scheduling\//,
};

/** The pure packages a `*.rules.ts` may count with. */
const PURE_PACKAGES: readonly string[] = ['luxon', 'date-holidays', 'rrule-temporal', 'temporal-polyfill'];
const BANNED_NAMES = /(^|[-.])(util|helper|manager|handler|service|processor|common|misc|base)s?(?=[-.]|$)/;
const TRANSACTION = /\b(inTransaction|inLaneOf|insertAtCommit)\(/;

describe('the architecture', () => {
  const sources = ['server', 'jobs', 'templates'].flatMap(sourcesIn);
  const arrows = sources.flatMap(arrowsOf);

  it('gives every file a room', () => {
    const homeless = sources.filter(({ path }) => floorOf(path) === -1);

    expect(homeless.map(({ path }) => path)).to.deep.equal([]);
  });

  it('lets imports point downward only, and into a module only through its index.ts', () => {
    expect(arrows.flatMap(wrongWayOf)).to.deep.equal([]);
  });

  it('keeps packages where they live', () => {
    expect(arrows.flatMap(strayPackageOf)).to.deep.equal([]);
  });

  it('keeps rules pure: only rules, types and errors, and the time is an argument', () => {
    expect([...arrows.flatMap(impureRuleOf), ...sources.flatMap(clockInRulesOf)]).to.deep.equal([]);
  });

  it('keeps parallel work and native access out of transactions', () => {
    expect(sources.flatMap(brokenTransactionOf)).to.deep.equal([]);
  });

  it('brings every model with the demo, after which the indexes are made', () => {
    const models = sources.map(({ path }) => path).filter((path) => path.endsWith('.model.ts'));
    const brought = reachedFrom('server/demo/index.ts', arrows);

    expect(models.length).to.be.greaterThan(30);
    expect(models.filter((path) => !brought.has(path))).to.deep.equal([]);
    expect(reachedFrom('server/demo/cast.ts', arrows)).not.to.include('server/modules/booking/booking.model.ts');
  });

  it('has named exports only, and no name in which names go to die', () => {
    expect(sources.flatMap(badNameOf)).to.deep.equal([]);
  });

  it('would notice: every rule refuses its canary, and the imports were really read', () => {
    const people = 'server/modules/people/people.ts';

    expect(arrows.length).to.be.greaterThan(300);
    expect(arrows.filter(({ to }) => floorOf(to) !== -1).length).to.be.greaterThan(100);
    for (const wrong of [
      arrow(people, 'server/modules/booking/index.ts'),
      arrow(people, 'server/modules/mail/index.ts'),
      arrow('server/pages/runs.ts', 'server/modules/booking/bookings.ts'),
      arrow('jobs/deliver-mail.ts', 'server/web/forms.ts'),
    ])
      expect(wrongWayOf(wrong), `${wrong.from} → ${wrong.to}`).to.have.lengthOf(1);
    expect(strayPackageOf(arrow(people, 'express'))).to.have.lengthOf(1);
    expect(impureRuleOf(arrow('server/modules/booking/booking.rules.ts', 'mongoose'))).to.have.lengthOf(1);
    expect(clockInRulesOf({ path: 'a.rules.ts', text: 'return now()' })).to.have.lengthOf(1);
    const several = 'inTransaction(() => Row.create([{ a: [1] }, { b }]))';
    expect(brokenTransactionOf({ path: people, text: several })).to.have.lengthOf(1);
    expect(brokenTransactionOf({ path: people, text: 'inTransaction(() => Promise.all(writes))' })).to.have.lengthOf(1);
    expect(brokenTransactionOf({ path: people, text: 'RunModel.collection.drop()' })).to.have.lengthOf(1);
    expect(badNameOf({ path: 'server/web/form-helpers.ts', text: 'export default 1' })).to.have.lengthOf(2);
    expect(arrowsOf({ path: people, text: "import type {\n  A,\n} from '../b.ts';" })).to.deep.equal([
      { from: people, to: 'server/modules/b.ts', isType: true },
    ]);
  });
});

/** All that is loaded with `start`. */
function reachedFrom(start: string, arrows: readonly Arrow[]): Set<string> {
  const reached = new Set([start]);
  for (const file of reached) for (const { from, to, isType } of arrows) if (from === file && !isType) reached.add(to);
  return reached;
}

function arrow(from: string, to: string): Arrow {
  return { from, to, isType: false };
}

function wrongWayOf({ from, to }: Arrow): string[] {
  const target = roomOf(to);
  if (target === undefined || target === roomOf(from)) return [];

  if (floorOf(to) <= floorOf(from)) return [`${from} → ${to}: up or sideways`];
  const isExported =
    to.endsWith('/index.ts') || (from.startsWith('server/modules/reports/') && to.endsWith('.model.ts'));
  if (to.startsWith('server/modules/') && !isExported) return [`${from} → ${to}: not through the front door`];
  return SERVES[target]?.test(from) === false ? [`${from} → ${to}: not served from there`] : [];
}

function strayPackageOf({ from, to }: Arrow): string[] {
  return PACKAGES[to]?.test(from) === false ? [`${from} → ${to}: lives elsewhere`] : [];
}

function impureRuleOf({ from, to, isType }: Arrow): string[] {
  const isPure = isType || to.endsWith('.rules.ts') || to === 'server/platform/errors.ts' || PURE_PACKAGES.includes(to);
  return from.endsWith('.rules.ts') && !isPure ? [`${from} → ${to}: rules are pure`] : [];
}

function clockInRulesOf({ path, text }: Source): string[] {
  const readsClock = /\bnow\(\)|Date\.now\(|new Date\(\)|DateTime\.(now|local|utc)\(\)/.test(text);
  return path.endsWith('.rules.ts') && readsClock ? [`${path}: rules get the time as an argument`] : [];
}

function brokenTransactionOf({ path, text }: Source): string[] {
  if (!path.startsWith('server/modules/')) return [];
  const isParallel = TRANSACTION.test(text) && /\bPromise\.(all|allSettled|race|any)\(/.test(text);
  const createsSeveral =
    TRANSACTION.test(text) &&
    text
      .split(/\.create\(\s*/)
      .slice(1)
      .some(isSeveral);
  return [
    ...(isParallel ? [`${path}: parallel work breaks a transaction`] : []),
    ...(createsSeveral ? [`${path}: create() of several runs them in parallel; use insertMany`] : []),
    ...(/\w\.collection\b/.test(text) ? [`${path}: .collection does not join the transaction`] : []),
  ];
}

/** Whether what follows `create(` is an array of more than one, or one whose length nobody can see. */
function isSeveral(argument: string): boolean {
  if (argument.startsWith('{')) return false;
  const content = argument.slice(1, endOfBracket(argument));
  return !argument.startsWith('[') || /,\s*\S/.test(content.replace(/\{(?:[^{}]|\{[^{}]*\})*\}/gs, 'one'));
}

function endOfBracket(text: string): number {
  let depth = 0;
  return text.split('').findIndex((sign) => (depth += sign === '[' ? 1 : sign === ']' ? -1 : 0) === 0);
}

function badNameOf({ path, text }: Source): string[] {
  return [
    ...(BANNED_NAMES.test(path.split('/').at(-1) ?? '') ? [`${path}: a banned name`] : []),
    ...(/^export default\b|\bexport \{[^}]*\bas default\b/m.test(text) ? [`${path}: a default export`] : []),
  ];
}

function floorOf(path: string): number {
  const room = roomOf(path);
  return FLOORS.findIndex((rooms) => room !== undefined && rooms.includes(room));
}

/** The room with the longest name that fits, so that `jobs/worker.ts` is a process and no job. */
function roomOf(path: string): string | undefined {
  const fitting = FLOORS.flat().filter((room) => path === room || path.startsWith(`${room}/`));
  const room = fitting.toSorted((one, other) => other.length - one.length)[0];
  return room !== undefined && ONE_ROOM.includes(room) ? ONE_ROOM[0] : room;
}
