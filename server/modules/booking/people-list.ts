import { peopleIn, readColumns, type Columns, type ListedPerson, type Table } from '../lists/index.ts';
import { parseAddress } from '../mail/index.ts';
import { identified } from './book-places.ts';
import { namesWanted } from './head-count.rules.ts';
import type { Booking } from './booking.types.ts';

/** A list as it would be taken: `columns` as they were read or chosen; `tooMany`: more than there are places for. */
export type PeopleList = {
  columns: Columns;
  people: (ListedPerson & { namedAlready?: true })[];
  fresh: number;
  tooMany: boolean;
};

/** Reads who is to sit in the unnamed places of a booking; names nobody yet. */
export function readPeopleList(booking: Booking, table: Table, chosen?: Columns): PeopleList {
  const { columns: read, body } = readColumns(table);
  const columns = chosen ?? read;
  const isAddress = (text: string) => parseAddress(text).ok;
  const keyOf = (person: { name: string; email: string }) => identified(person).key;
  const known = new Set(booking.participants.map(({ key }) => key));
  const people: PeopleList['people'] = peopleIn(body, columns, { keyOf, isAddress }).map((person) =>
    !person.problem && known.has(keyOf(person)) ? { ...person, namedAlready: true } : person,
  );
  const fresh = people.filter(({ problem, namedAlready }) => !problem && !namedAlready).length;
  return { columns, people, fresh, tooMany: fresh > namesWanted(booking) };
}
