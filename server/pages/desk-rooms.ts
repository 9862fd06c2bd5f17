import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { emptyForm, startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { venuePaths } from '../../templates/venues/paths.ts';
import { RoomForm } from '../../templates/venues/room-form.tsx';
import { DeskRoom } from '../../templates/venues/room.tsx';
import { once } from '../modules/history/index.ts';
import { providers } from '../modules/people/index.ts';
import {
  blockRoom,
  roomBlockInput,
  sessionsInRoom,
  unblockRoom,
  type RoomBlockInput,
} from '../modules/scheduling/index.ts';
import {
  addRoom,
  changeRoom,
  mayFurnishRoom,
  roomBlocks,
  roomInput,
  roomToFurnish,
  roomToSee,
  seatings,
  venueToFurnish,
  type Room,
  type RoomInput,
  type Venue,
} from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import { featureFields, featuresIn, featureValues } from './desk-features.ts';
import { civilDay, civilTime, instantOf } from './desk-times.ts';
import { venueNoticeIn } from './desk-venues.ts';

const places = roomInput.shape.capacities.unwrap().element.shape.places.optional();
const roomForm = z.strictObject({
  name: roomInput.shape.name,
  places: z.strictObject({ rows: places, tables: places, 'u-shape': places, circle: places }).optional(),
  ...featureFields,
  setUpMinutes: roomInput.shape.setUpMinutes,
  clearUpMinutes: roomInput.shape.clearUpMinutes,
});
const blockForm = z.strictObject({
  fromDay: civilDay,
  from: civilTime,
  untilDay: civilDay,
  until: civilTime,
  reason: roomBlockInput.shape.reason,
});

/** The rooms of a house: what they offer and hold, and the times in which they cannot be used. */
export function deskRooms(): Router {
  const pages = Router();
  const [blank, existing] = [venuePaths.newRoom(':venueId'), venuePaths.roomEdit(':roomId')];

  pages.get(blank, async (req, res) => {
    renderForm(req, res, emptyForm, await venueToFurnish(actorOf(req), idIn(req, 'venueId')));
  });

  pages.post(blank, async (req, res) => {
    const venue = await venueToFurnish(actorOf(req), idIn(req, 'venueId'));
    const form = readForm(roomForm, req);
    if (form.errors) return renderForm(req, res.status(422), form, venue);
    const request = { key: formField(req, '_key') ?? '', request: [venue.id, form.values] };
    await once(actorOf(req), request, () => addRoom(actorOf(req), venue.id, inputOf(form.value)));
    res.redirect(303, venuePaths.venue(venue.id, 'room-added'));
  });

  pages.get(venuePaths.room(':roomId'), async (req, res) => {
    await renderRoom(req, res, emptyForm);
  });

  pages.get(existing, async (req, res) => {
    const room = await roomToFurnish(actorOf(req), idIn(req, 'roomId'));
    renderForm(req, res, startingWith(valuesOf(room)), room.venue, room.id);
  });

  pages.post(existing, async (req, res) => {
    const { id, venue } = await roomToFurnish(actorOf(req), idIn(req, 'roomId'));
    const form = readForm(roomForm, req);
    if (form.errors) return renderForm(req, res.status(422), form, venue, id);
    await changeRoom(actorOf(req), id, inputOf(form.value));
    res.redirect(303, venuePaths.room(id, 'room-changed'));
  });

  pages.post(venuePaths.roomBlocks(':roomId'), async (req, res) => {
    const room = await roomToFurnish(actorOf(req), idIn(req, 'roomId'));
    const form = readBlock(req, room.venue.timeZone);
    if (form.errors) return renderRoom(req, res.status(422), form);
    const standing = await orRefusal(blockRoom(actorOf(req), room.id, form.block));
    if (isRefusal(standing))
      return renderRoom(req, res.status(statusOfKind[standing.kind]), refusedForm(form.values, standing, 'until'));
    res.redirect(303, venuePaths.room(room.id, standing.length > 0 ? 'room-blocked-over' : 'room-blocked'));
  });

  pages.post(venuePaths.roomBlockRemoval(':blockId'), async (req, res) => {
    const roomId = await unblockRoom(actorOf(req), idIn(req, 'blockId'));
    res.redirect(303, venuePaths.room(roomId, 'room-unblocked'));
  });

  return pages;
}

type ReadBlock =
  | { values: Record<string, string>; block: RoomBlockInput; errors?: undefined }
  | { values: Record<string, string>; errors: FieldError[] };

/** A blocked time in instants, or the times that the clock of the place never shows. */
function readBlock(req: Request, zone: string): ReadBlock {
  const form = readForm(blockForm, req);
  if (form.errors) return form;
  const { fromDay, from, untilDay, until, reason } = form.value;
  const [startsAt, endsAt] = [instantOf(fromDay, from, zone), instantOf(untilDay, until, zone)];
  if (startsAt && endsAt) return { values: form.values, block: { startsAt, endsAt, ...(reason && { reason }) } };
  const skipped = startsAt ? { field: 'until', time: until } : { field: 'from', time: from };
  const error: FieldError = { field: skipped.field, key: 'desk.skipped-time', values: { time: skipped.time } };
  return { values: form.values, errors: [error] };
}

async function renderRoom(req: Request, res: Response, form: FormState): Promise<void> {
  const actor = actorOf(req);
  const room = await roomToSee(actor, idIn(req, 'roomId'));
  render(res, DeskRoom, {
    room,
    sessions: await sessionsInRoom(actor, room.id),
    blocks: await roomBlocks([room.id], now()),
    providers: await providers(),
    mayChange: mayFurnishRoom(actor, room),
    blockForm: form,
    notice: venueNoticeIn(req),
  });
}

function renderForm(req: Request, res: Response, form: FormState, venue: Venue, roomId?: string): void {
  const formKey = formField(req, '_key') ?? randomSecret();
  render(res, RoomForm, { form, formKey, venue, ...(roomId !== undefined && { roomId }) });
}

function inputOf({ places: byname = {}, equipment, accessibility, ...rest }: z.infer<typeof roomForm>): RoomInput {
  const capacities = seatings.flatMap((seating) => {
    const number = byname[seating];
    return number === undefined ? [] : [{ seating, places: number }];
  });
  return { ...rest, capacities, ...featuresIn({ equipment, accessibility }) };
}

function valuesOf(room: Room): Record<string, string> {
  const { name, capacities, setUpMinutes, clearUpMinutes } = room;
  return {
    name,
    ...Object.fromEntries(capacities.map(({ seating, places: number }) => [`places.${seating}`, String(number)])),
    ...featureValues(room),
    setUpMinutes: String(setUpMinutes),
    clearUpMinutes: String(clearUpMinutes),
  };
}
