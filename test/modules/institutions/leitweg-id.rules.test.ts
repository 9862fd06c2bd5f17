import { expect } from 'chai';
import { billingInput } from '../../../server/modules/institutions/index.ts';

const address = { recipient: 'Schulamt', street: 'Beispielweg 1', postalCode: '30159', town: 'Hannover' };
const keptAs = (leitwegId: string) => billingInput.safeParse({ ...address, leitwegId }).data?.leitwegId;

describe('a Leitweg-ID', () => {
  for (const right of ['04011000-1234512345-06', '04011000-900X999-08', '992-90009-96', '09564000-NUE0001-49'])
    it(`is kept where its check digits are right: ${right}`, () => expect(keptAs(right)).to.equal(right));

  it('may be typed in small letters and with blanks', () => {
    expect(keptAs(' 09564000-nue0001 -49')).to.equal('09564000-NUE0001-49');
  });

  for (const wrong of [
    '04011000-1234512345-07',
    '04011000-1234512354-06',
    '40011000-1234512345-06',
    '04011000-1234512345',
    '-1234512345-06',
    '0401100000000-1234512345-06',
    '04011000-1234ß12345-06',
    '04011000--06',
    '1',
    '٠٤٠١١٠٠٠-١٢٣٤٥١٢٣٤٥-٠٦',
  ])
    it(`is refused: ${wrong}`, () => expect(keptAs(wrong)).to.equal(undefined));

  it('is refused for each digit that is wrong, and for each pair that changed places', () => {
    const right = '04011000-1234512345-06';
    const swapped = Array.from({ length: right.length - 1 }, (_, at) =>
      right.replace(new RegExp(`^(.{${at}})(\\d)(\\d)`), '$1$3$2'),
    ).filter((one) => one !== right);
    const mistyped = Array.from({ length: right.length }, (_, at) =>
      right.replace(new RegExp(`^(.{${at}})(\\d)`), (_all, before, digit) => before + ((Number(digit) + 1) % 10)),
    ).filter((one) => one !== right);

    expect(swapped.length + mistyped.length).to.be.above(30);
    expect([...swapped, ...mistyped].filter((one) => keptAs(one) !== undefined)).to.deep.equal([]);
  });
});
