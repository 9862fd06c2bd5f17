import { expect } from 'chai';
import { z } from 'zod';
import { AppError } from '../../server/platform/errors.ts';
import { formField, isRefusal, orRefusal, readForm, readQuery, refusedForm } from '../../server/web/forms.ts';
import { MalformedRequest } from '../../server/web/malformed.ts';

const schema = z.strictObject({
  title: z.string({ error: 'required' }).trim().max(5, { error: 'too-long' }),
  capacity: z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }),
  open: z.boolean({ error: 'invalid' }).optional(),
  owner: z.strictObject({ name: z.string({ error: 'required' }) }),
  rows: z
    .array(z.strictObject({ name: z.string({ error: 'required' }), age: z.int({ error: 'whole-number' }).optional() }))
    .optional(),
});
const right = { title: 'Titel', capacity: '12', 'owner.name': 'Ada' };

describe('readForm', () => {
  it('gives the value by the schema: numbers, ticks, nested objects and lists', () => {
    const form = readForm(schema, posted({ ...right, open: 'on', 'rows[0].name': 'Bo', 'rows[0].age': '7' }));

    expect(form.value).to.deep.equal({
      title: 'Titel',
      capacity: 12,
      open: true,
      owner: { name: 'Ada' },
      rows: [{ name: 'Bo', age: 7 }],
    });
  });

  it('takes an empty field for one that is not there', () => {
    const form = readForm(schema, posted({ ...right, open: '', 'rows[0].name': ' ', 'rows[0].age': '' }));

    expect(form.value).to.deep.equal({ title: 'Titel', capacity: 12, owner: { name: 'Ada' } });
  });

  it('names every field that is wrong, also inside an object that was left empty', () => {
    const form = readForm(schema, posted({ title: 'zu lang', capacity: 'zwölf' }));

    expect(form.errors?.map(({ field, key }) => [field, key])).to.deep.equal([
      ['title', 'errors.too-long'],
      ['capacity', 'errors.whole-number'],
      ['owner.name', 'errors.required'],
    ]);
    expect(form.errors?.[0]?.values).to.deep.equal({ most: 5 });
  });

  it('keeps what was typed to the letter', () => {
    expect(readForm(schema, posted({ ...right, title: '  zu lang  ' })).values['title']).to.equal('  zu lang  ');
  });

  it('moves later rows up when one was left empty, and finds mistakes in the row they are shown in', () => {
    const form = readForm(schema, posted({ ...right, 'rows[0].name': '', 'rows[3].name': 'Bo', 'rows[3].age': 'alt' }));

    expect(form.values).to.include({ 'rows[0].name': 'Bo', 'rows[0].age': 'alt' });
    expect(form.errors).to.deep.equal([{ field: 'rows[0].age', key: 'errors.whole-number', values: {} }]);
  });

  it('does not turn what only looks like a number', () => {
    for (const capacity of ['1e3', '0x10', 'Infinity', 'NaN', '١٢', '--1'])
      expect(readForm(schema, posted({ ...right, capacity })).errors?.[0]?.key, capacity).to.equal(
        'errors.whole-number',
      );
  });

  it('leaves the form’s own fields out of the value', () => {
    const request = posted({ ...right, _token: 'x', _rows: '3' });

    expect(readForm(schema, request).errors).to.equal(undefined);
    expect(formField(request, '_rows')).to.equal('3');
  });

  it('refuses fields that the schema does not know', () => {
    expect(readForm(schema, posted({ ...right, role: 'admin' })).errors?.map(({ key }) => key)).to.deep.equal([
      'errors.unknown-field',
    ]);
  });

  it('is malformed when a field is repeated, names a prototype, or is both one and several', () => {
    const bodies: Record<string, unknown>[] = [
      { ...right, title: ['a', 'b'] },
      { ...right, '__proto__.x': '1' },
      { ...right, 'rows[0].constructor': '1' },
      { ...right, owner: 'x' },
      { owner: 'x', ...right },
      { ...right, 'a..b': '1' },
      { ...right, title: 'a\0b' },
    ];
    for (const body of bodies)
      expect(() => readForm(schema, posted(body)), JSON.stringify(body)).to.throw(MalformedRequest);
  });

  it('reads an empty body as an empty form', () => {
    expect(readForm(schema, posted(undefined)).errors).to.have.lengthOf(3);
  });
});

describe('readQuery', () => {
  it('leaves the choice of language to the frame', () => {
    const request = { query: { lang: 'de', text: 'Amt' } };

    expect(readQuery(z.strictObject({ text: z.string() }), request).value).to.deep.equal({ text: 'Amt' });
  });
});

describe('orRefusal', () => {
  it('hands back what somebody at the form can do something about', async () => {
    const refusal = await orRefusal(
      Promise.reject(new AppError('booking-closed', 'conflict', 'Closed.', { hours: 3 })),
    );

    expect(isRefusal(refusal)).to.equal(true);
    expect(refusedForm({ a: 'b' }, refusal, 'places')).to.deep.equal({
      values: { a: 'b' },
      errors: [{ field: 'places', key: 'refusals.booking-closed', values: { hours: 3 } }],
    });
  });

  it('throws everything else on', async () => {
    for (const error of [new AppError('not-found', 'not-found', 'No.'), new TypeError('Broken.')]) {
      const caught = await orRefusal(Promise.reject(error)).catch((thrown: unknown) => ({ thrown }));
      expect(caught).to.deep.equal({ thrown: error });
    }
  });
});

function posted(body: Record<string, unknown> | undefined) {
  return { body };
}
