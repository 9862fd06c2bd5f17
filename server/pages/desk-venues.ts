import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { startingWith, type FormState } from '../../templates/form.ts';
import { venueNotices, venuePaths, type VenueNotice } from '../../templates/venues/paths.ts';
import { DeskTravel } from '../../templates/venues/travel.tsx';
import { VenueForm, weekdayFields } from '../../templates/venues/venue-form.tsx';
import { DeskVenue } from '../../templates/venues/venue.tsx';
import { DeskVenues } from '../../templates/venues/venues.tsx';
import { coordinatesNetwork, once } from '../modules/history/index.ts';
import { providers } from '../modules/people/index.ts';
import {
  addVenue,
  changeVenue,
  mayFurnish,
  roomsFor,
  roomsOfVenue,
  setTravelTimes,
  travelInput,
  travelTimes,
  venueInput,
  venuesFor,
  venueToFurnish,
  venueToSee,
  type Venue,
  type VenueInput,
} from '../modules/venues/index.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn, providersOf } from './desk-door.ts';
import { withRowsChanged } from './desk-rows.ts';

const open = venueInput.shape.openingHours.unwrap().element.shape;
const hours = z
  .strictObject({ from: open.from, until: open.until })
  .refine(({ from, until }) => from < until, { path: ['until'], error: 'ends-before-it-starts' })
  .optional();
const { openingHours: _byDay, timeZone: _networks, ...fields } = venueInput.shape;
const venueForm = z.strictObject({
  ...fields,
  hours: z
    .strictObject({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours })
    .optional(),
});

/** The houses of the network, as those see them who plan in them. */
export function deskVenues(): Router {
  const pages = Router();
  const existing = venuePaths.venueEdit(':venueId');

  pages.get(venuePaths.venues(), async (req, res) => {
    const [venues, rooms] = [await venuesFor(actorOf(req)), await roomsFor(actorOf(req))];
    const counted = venues.map((one) => ({ ...one, rooms: rooms.filter(({ venue }) => venue.id === one.id).length }));
    render(res, DeskVenues, { venues: counted, providers: await providers(), notice: venueNoticeIn(req) });
  });

  pages.get(venuePaths.newVenue(), async (req, res) => {
    await renderForm(req, res, startingWith({}));
  });

  pages.post(venuePaths.newVenue(), async (req, res) => {
    const changed = withRowsChanged(req, 'closedDays');
    if (changed) return renderForm(req, res, { values: changed, errors: [] });
    const form = readForm(venueForm, req);
    if (form.errors) return renderForm(req, res.status(422), form);

    const request = { key: formField(req, '_key') ?? '', request: form.values };
    const added = await orRefusal(once(actorOf(req), request, () => addVenue(actorOf(req), inputOf(form.value))));
    if (isRefusal(added)) return renderForm(req, res.status(statusOfKind[added.kind]), refusedForm(form.values, added));
    res.redirect(303, venuePaths.venue(added, 'venue-added'));
  });

  pages.get(venuePaths.venue(':venueId'), async (req, res) => {
    const venue = await venueToSee(actorOf(req), idIn(req, 'venueId'));
    render(res, DeskVenue, {
      venue,
      rooms: await roomsOfVenue(venue),
      providers: await providers(),
      mayChange: mayFurnish(actorOf(req), venue),
      notice: venueNoticeIn(req),
    });
  });

  pages.get(existing, async (req, res) => {
    const venue = await venueToFurnish(actorOf(req), idIn(req, 'venueId'));
    await renderForm(req, res, startingWith(valuesOf(venue)), venue.id);
  });

  pages.post(existing, async (req, res) => {
    const { id, timeZone } = await venueToFurnish(actorOf(req), idIn(req, 'venueId'));
    const changed = withRowsChanged(req, 'closedDays');
    if (changed) return renderForm(req, res, { values: changed, errors: [] }, id);
    const form = readForm(venueForm, req);
    if (form.errors) return renderForm(req, res.status(422), form, id);

    const done = await orRefusal(changeVenue(actorOf(req), id, { ...inputOf(form.value), timeZone }));
    if (isRefusal(done))
      return renderForm(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done), id);
    res.redirect(303, venuePaths.venue(id, 'venue-changed'));
  });

  return pages;
}

const travelForm = z.strictObject({
  usual: travelInput.shape.minutes,
  ways: z
    .array(
      z.strictObject({
        one: travelInput.shape.between.unwrap().def.items[0],
        other: travelInput.shape.between.unwrap().def.items[1],
        minutes: travelInput.shape.minutes.optional(),
      }),
    )
    .optional(),
});

/** How far apart the houses are. */
export function deskTravel(): Router {
  const pages = Router();

  pages.get(venuePaths.travel(), async (req, res) => {
    await renderTravel(req, res);
  });

  pages.post(venuePaths.travel(), async (req, res) => {
    const form = readForm(travelForm, req);
    if (form.errors) return renderTravel(req, res.status(422), form);
    const { usual, ways = [] } = form.value;
    await setTravelTimes(actorOf(req), [
      { minutes: usual },
      ...ways.map(({ one, other, minutes }) => ({ between: [one, other] as [string, string], minutes })),
    ]);
    res.redirect(303, venuePaths.venues('travel-saved'));
  });

  return pages;
}

async function renderTravel(req: Request, res: Response, form?: FormState): Promise<void> {
  const venues = await venuesFor(actorOf(req));
  const travel = await travelTimes(venues.map(({ id }) => id));
  const ways = venues.flatMap((one, index) =>
    venues.slice(index + 1).map((other) => ({ one, other, minutes: travel.between(one.id, other.id) })),
  );
  const known = ways.map(({ one, other }, index) => [`ways[${index}].minutes`, travel.said(one.id, other.id)] as const);
  const stored = Object.fromEntries(
    known.map(([name, minutes]) => [name, minutes === undefined ? undefined : String(minutes)]),
  );
  render(res, DeskTravel, {
    form: form ?? startingWith({ usual: String(travel.usual), ...stored }),
    ways,
    usual: travel.usual,
    mayChange: coordinatesNetwork(actorOf(req)),
  });
}

/** What the page before has done. */
export function venueNoticeIn(req: Request): VenueNotice | undefined {
  return venueNotices.find((notice) => notice === req.query['notice']);
}

async function renderForm(req: Request, res: Response, form: FormState, venueId?: string): Promise<void> {
  render(res, VenueForm, {
    form,
    formKey: formField(req, '_key') ?? randomSecret(),
    providers: await providersOf(actorOf(req)),
    mayShare: coordinatesNetwork(actorOf(req)),
    ...(venueId !== undefined && { venueId }),
  });
}

function inputOf({ hours: days = {}, ...rest }: z.infer<typeof venueForm>): VenueInput {
  const openingHours = weekdayFields.flatMap((day, index) => {
    const times = days[day];
    return times ? [{ weekday: index + 1, ...times }] : [];
  });
  return { ...rest, openingHours };
}

function valuesOf(venue: Venue): Record<string, string | undefined> {
  const { name, providerId, addressLines, postalCode, town, howToFind, accessNotes } = venue;
  const lines = addressLines.map((line, index) => [`addressLines[${index}]`, line]);
  const days = venue.openingHours.flatMap(({ weekday, from, until }) => [
    [`hours.${weekdayFields[weekday - 1]}.from`, from],
    [`hours.${weekdayFields[weekday - 1]}.until`, until],
  ]);
  const closed = venue.closedDays.flatMap(({ from, until }, index) => [
    [`closedDays[${index}].from`, from],
    [`closedDays[${index}].until`, until],
  ]);
  const words = { name, provider: providerId, postalCode, town, howToFind, accessNotes };
  return { ...words, ...Object.fromEntries([...lines, ...days, ...closed]) };
}
