import { Router, type Request } from 'express';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import { Catalogue, type CatalogueView } from '../../templates/public/catalogue.tsx';
import { shownIn } from '../../templates/public/run-card.tsx';
import { listRuns, type RunFilter } from '../modules/booking/index.ts';
import { seminarKinds, seminarLanguages } from '../modules/catalogue/index.ts';
import { seminarsWithoutDate } from '../modules/demand/index.ts';
import { providers } from '../modules/people/index.ts';
import { isAnyUnderWay } from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { readQuery } from '../web/forms.ts';
import { remembered } from '../web/remembered.ts';
import { renderKept } from '../web/render.ts';

const pageLength = 20;
const longestPage = 100;
const networkZone = 'Europe/Berlin';

const day = z.iso.date({ error: 'date' }).refine((text) => Number(text.slice(0, 4)) >= 2000, { error: 'year' });
const catalogueQuery = z.object({
  text: z.string().trim().max(200, { error: 'too-long' }).optional(),
  kind: z.enum(seminarKinds, { error: 'choose-one' }).optional(),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, { error: 'choose-one' })
    .optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, { error: 'choose-one' })
    .optional(),
  from: day.optional(),
  to: day.optional(),
  free: z.boolean({ error: 'invalid' }).optional(),
  after: z.string().max(40, { error: 'invalid' }).optional(),
  limit: z
    .int({ error: 'whole-number' })
    .min(1, { error: 'at-least-one' })
    .max(longestPage, { error: 'too-large' })
    .optional(),
});
type CatalogueQuery = z.infer<typeof catalogueQuery>;

/** The public catalogue. */
export function catalogue(): Router {
  const pages = Router();
  const choices = remembered(30, async () => ({
    providers: await providers(),
    languages: await seminarLanguages(),
    undated: await seminarsWithoutDate(),
  }));

  // A run comes under way only as time goes by: what is known for a minute ahead holds while it is remembered.
  const isAnyUnderWayNow = remembered(30, () => isAnyUnderWay(new Date(now().getTime() + 60_000)));

  pages.get('/', async (req, res) => {
    const { query, filter } = readFilter(req);
    const asked = filterOf(query);
    const noneUnderWay = !asked.from && !(await isAnyUnderWayNow());
    const [page, choice] = await Promise.all([listRuns({ ...asked, noneUnderWay }), choices()]);
    res.setHeader('Cache-Control', 'private, no-cache');
    res.status(filter.errors.length > 0 ? 422 : 200);
    const view: CatalogueView = {
      ...choice,
      filter,
      runs: page.items,
      ...(page.next !== undefined && { next: nextPage(filter, page.next) }),
      isLaterPage: query.after !== undefined,
    };
    renderKept(res, Catalogue, view, shownInCatalogue(view));
  });

  return pages;
}

/** Everything that differs between two pages of the catalogue at the same address. */
function shownInCatalogue({ filter, providers: choices, languages, undated, runs, next, isLaterPage }: CatalogueView) {
  return [
    JSON.stringify(filter),
    ...choices.flatMap(({ id, name, shortName }) => [id, name, shortName]),
    ...languages,
    ...undated.flatMap(({ id, title }) => [id, title]),
    next ?? '',
    isLaterPage,
    ...runs.flatMap((listing) => [listing.run.id, ...shownIn(listing)]),
  ];
}

/** A wrong value is told at its field; the list shows what the others ask for. */
function readFilter(req: Request): { query: CatalogueQuery; filter: FormState } {
  const form = readQuery(catalogueQuery, req);
  const { after: _cursor, ...values } = form.values;
  if (!form.errors) return { query: form.value, filter: { values, errors: periodErrors(form.value) } };

  const wrong = new Set(form.errors.map(({ field }) => field));
  const right = Object.fromEntries(
    Object.entries(form.values).filter(([name, value]) => !wrong.has(name) && value !== ''),
  );
  const rest = catalogueQuery.safeParse({ ...right, ...(right['free'] && { free: true }) });
  return { query: rest.data ?? {}, filter: { values, errors: form.errors } };
}

function periodErrors({ from, to }: CatalogueQuery): FormState['errors'] {
  return from !== undefined && to !== undefined && to < from ? [{ field: 'to', key: 'errors.period' }] : [];
}

/** Days are days of the network: from the first moment of one to the last of the other; what is over stays out. */
function filterOf({ from, to, ...query }: CatalogueQuery): RunFilter {
  const begin = from === undefined ? undefined : startOf(from).toJSDate();
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return {
    ...Object.fromEntries(given),
    ...(begin && begin > now() && { from: begin }),
    ...(to !== undefined && (from === undefined || to >= from) && { to: startOf(to).plus({ days: 1 }).toJSDate() }),
    limit: query.limit ?? pageLength,
  };
}

function startOf(date: string): DateTime {
  return DateTime.fromISO(date, { zone: networkZone }).startOf('day');
}

function nextPage(filter: FormState, after: string): string {
  const asked = Object.entries(filter.values).filter(([, value]) => value !== '');
  return `${paths.catalogue()}?${new URLSearchParams([...asked, ['after', after]])}`;
}
