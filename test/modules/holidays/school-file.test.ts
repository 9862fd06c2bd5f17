import { expect } from 'chai';
import { readSchoolFile } from '../../../server/modules/holidays/index.ts';

/* Every period here is visibly invented: holidays of birds, in years nobody plans yet. */
const table = [
  'Ferien;Beginn;Ende',
  'Amselferien;05.10.2071;17.10.2071',
  'Möwenferien;22.12.2071;06.01.2072',
  'Sommervogelferien;01.08.2072;12.09.2072',
].join('\r\n');
const days = [
  ['Amselferien', '2071-10-05', '2071-10-17', '2071/72'],
  ['Möwenferien', '2071-12-22', '2072-01-06', '2071/72'],
  ['Sommervogelferien', '2072-08-01', '2072-09-12', '2071/72'],
];

describe('readSchoolFile', () => {
  const encodings: Record<string, Buffer> = {
    'UTF-8': Buffer.from(table, 'utf8'),
    'UTF-8 with a byte order mark': Buffer.from(`\uFEFF${table}`, 'utf8'),
    'Latin-1': Buffer.from(table, 'latin1'),
    'UTF-16 with a byte order mark': Buffer.from(`\uFEFF${table}`, 'utf16le'),
  };
  for (const [encoding, bytes] of Object.entries(encodings))
    it(`reads ${encoding}`, () => {
      expect(taken(bytes)).to.deep.equal(days);
    });

  for (const [name, separator] of Object.entries({ commas: ',', tabs: '\t', semicolons: ';' }))
    it(`reads ${name}, lines of Unix, and no headings at all`, () => {
      const lines = table.split('\r\n').map((line) => line.replaceAll(';', separator));

      expect(taken(Buffer.from(lines.join('\n')))).to.deep.equal(days);
      expect(taken(Buffer.from(lines.slice(1).join('\n')))).to.deep.equal(days);
    });

  const writtenDays: [string, string, string][] = [
    ['5.10.2071', '2071-10-05', '2071-10-05'],
    ['05.10.71', '2071-10-05', '2071-10-05'],
    ['Mo., 05.10.2071', '2071-10-05', '2071-10-05'],
    ['2071-10-05', '2071-10-05', '2071-10-05'],
    ['5. Oktober 2071', '2071-10-05', '2071-10-05'],
    ['5. Okt. 2071', '2071-10-05', '2071-10-05'],
    ['1. März 2072', '2072-03-01', '2072-03-01'],
    ['05.10.2071 - 17.10.2071', '2071-10-05', '2071-10-17'],
    ['05.10.2071 bis 17.10.2071', '2071-10-05', '2071-10-17'],
    ['05.10.2071–17.10.2071', '2071-10-05', '2071-10-17'],
    ['29.02.2072', '2072-02-29', '2072-02-29'],
  ];
  for (const [written, firstOn, lastOn] of writtenDays)
    it(`reads "${written}"`, () => {
      expect(taken(Buffer.from(`Finkenferien;${written}`)).map((one) => one.slice(1, 3))).to.deep.equal([
        [firstOn, lastOn],
      ]);
    });

  const wrongRows: [string, string][] = [
    ['Meisenferien;31.02.2072;12.03.2072', 'impossible-day'],
    ['Meisenferien;05.13.2071;', 'impossible-day'],
    ['Meisenferien;im Herbst;', 'no-day'],
    [';05.10.2071;17.10.2071', 'no-name'],
    ['Meisenferien;17.10.2071;05.10.2071', 'ends-before-it-starts'],
    ['Meisenferien;05.10.2071;17.10.2072', 'too-long'],
    ['Meisenferien;05.10.1871;17.10.1871', 'year'],
  ];
  for (const [row, reason] of wrongRows)
    it(`leaves out "${row}" and says that it is ${reason}, and takes the others`, () => {
      const file = readSchoolFile(Buffer.from(`${table}\r\n${row}`), 'NI');

      expect(file.taken).to.have.lengthOf(3);
      expect(file.refused).to.have.lengthOf(1);
      expect(file.refused[0]).to.include({ row: 5, reason });
    });

  it('takes the same days once, and only those of the Land where the table names several', () => {
    const ofLands = [
      'Land,Ferien,Von,Bis',
      'Niedersachsen,Spechtferien,05.10.2071,17.10.2071',
      'DE-NI,Spechtferien,05.10.2071,17.10.2071',
      'Freistaat Bayern,Spechtferien,01.11.2071,07.11.2071',
    ];
    const file = readSchoolFile(Buffer.from(ofLands.join('\n')), 'NI');

    expect(file.taken.map(({ row }) => row)).to.deep.equal([2]);
    expect(file.refused.map(({ row, reason }) => [row, reason])).to.deep.equal([
      [3, 'twice'],
      [4, 'other-land'],
    ]);
  });

  it('reads a calendar, whose days end before DTEND, and reports what it cannot take', () => {
    const calendar = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Vogelamt//DE',
      ...event('DTSTART;VALUE=DATE:20711005', 'DTEND;VALUE=DATE:20711018', 'SUMMARY:Amselferien'),
      ...event('DTSTART;VALUE=DATE:20711101', 'SUMMARY:Starentag\\, frei'),
      ...event('DTSTART:20720105T000000', 'DTEND:20720108T000000', 'SUMMARY:Krähenferien'),
      ...event('DTSTART;VALUE=DATE:20720301', 'DTEND;VALUE=DATE:20720302', 'RRULE:FREQ=YEARLY', 'SUMMARY:Jährlich'),
      ...event('SUMMARY:Ohne Tag'),
      'END:VCALENDAR',
    ].join('\r\n');
    const file = readSchoolFile(Buffer.from(calendar), 'NI');

    expect(file.format).to.equal('calendar');
    expect(file.taken.map(({ name, firstOn, lastOn }) => [name, firstOn, lastOn])).to.deep.equal([
      ['Amselferien', '2071-10-05', '2071-10-17'],
      ['Starentag, frei', '2071-11-01', '2071-11-01'],
      ['Krähenferien', '2072-01-05', '2072-01-07'],
    ]);
    expect(file.refused.map(({ row, reason }) => [row, reason])).to.deep.equal([
      [4, 'recurring'],
      [5, 'no-day'],
    ]);
  });

  const noFiles: Record<string, [Buffer, string]> = {
    'an empty file': [Buffer.alloc(0), 'file-empty'],
    'a picture': [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1]), 'file-unreadable'],
    'half a calendar': [Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense'), 'file-unreadable'],
    'a thousand rows': [
      Buffer.from(Array.from({ length: 1_000 }, (_, index) => `F${index};05.10.2071`).join('\n')),
      'file-too-many-rows',
    ],
  };
  for (const [what, [bytes, code]] of Object.entries(noFiles))
    it(`refuses ${what}`, () => {
      expect(() => readSchoolFile(bytes, 'NI'))
        .to.throw()
        .with.property('code', code);
    });

  it('takes no invisible signs into a name', () => {
    const [period] = readSchoolFile(
      Buffer.from('Ferien;Beginn;Ende\n"Elster\u202e\nferien";05.10.2071;06.10.2071'),
      'NI',
    ).taken;

    expect(period?.name).to.equal('Elster ferien');
  });
});

function taken(bytes: Buffer): string[][] {
  return readSchoolFile(bytes, 'NI').taken.map((one) => [one.name, one.firstOn, one.lastOn, one.schoolYear]);
}

function event(...lines: string[]): string[] {
  return ['BEGIN:VEVENT', `UID:${lines.join('')}`, 'DTSTAMP:20700101T000000Z', ...lines, 'END:VEVENT'];
}
