import { expect } from 'chai';
import { filled, unknownPlaceholders } from '../../../server/modules/wording/index.ts';

const known = ['name', 'seminar'] as const;

describe('the words of a mail', () => {
  it('fill in what is known by its name, and nothing else', () => {
    const values = { name: 'Mina Muster', seminar: '{{name}}' };

    expect(filled('Guten Tag, {{name}} und {{ name }}: {{seminar}}', values)).to.equal(
      'Guten Tag, Mina Muster und Mina Muster: {{name}}',
    );
    expect(filled('{{place}} {{constructor}} {{__proto__}} ${name} <%= name %>', values)).to.equal(
      '{{place}} {{constructor}} {{__proto__}} ${name} <%= name %>',
    );
  });

  const refused: [what: string, text: string, unknown: string[]][] = [
    ['a name that this mail does not know', 'Am {{date}}', ['date']],
    ['the same one twice, once', '{{date}} {{ date }}', ['date']],
    [
      'a way into the program',
      '{{constructor.constructor("return process")()}}',
      ['constructor.constructor("return process")()'],
    ],
    ['a prototype', '{{event.__proto__}}', ['event.__proto__']],
    ['a tag of a template language', '{% if name %}', ['{%', '%}']],
    ['a filter', '{{ name | upcase }}', ['name | upcase']],
    ['braces without an end', 'Hallo {{name', ['{{']],
    ['braces a thousand deep', '{{'.repeat(1_000), ['{{']],
    ['nothing between them', '{{}}', ['']],
  ];
  for (const [what, text, unknown] of refused)
    it(`name ${what} as unknown`, () => {
      expect(unknownPlaceholders(text, known)).to.deep.equal(unknown);
    });

  it('know a text without placeholders, and single braces', () => {
    expect(unknownPlaceholders('Bis morgen {um neun}, {{ seminar }}', known)).to.deep.equal([]);
  });

  it('read a long text of braces at once', () => {
    expect(unknownPlaceholders(`{{${' '.repeat(50_000)}`, known)).to.deep.equal(['{{']);
  });
});
