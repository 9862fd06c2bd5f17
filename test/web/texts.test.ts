import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { IntlMessageFormat } from 'intl-messageformat';
import { isTextKey, keysOf, text } from '../../templates/texts/texts.ts';
import { projectRoot } from '../../server/platform/root.ts';

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect(keysOf('en').toSorted()).to.deep.equal(keysOf('de').toSorted());
    expect(keysOf('de').length).to.be.greaterThan(100);
  });

  it('use the same placeholders in both languages', () => {
    for (const key of keysOf('de').filter(isTextKey)) {
      const source = (language: 'de' | 'en') => placeholdersIn(sourceOf(language, key));
      expect(source('en'), key).to.deep.equal(source('de'));
    }
  });

  it('are never empty', () => {
    const empty = keysOf('de').filter((key) => sourceOf('de', key).trim() === '' || sourceOf('en', key).trim() === '');

    expect(empty).to.deep.equal([]);
  });

  it('have a sentence for every message of the input schemas', () => {
    const keys = found(/error: '([a-z-]+)'/g);

    expect(keys.length).to.be.greaterThan(10);
    expect(keys.filter((key) => !isTextKey(`errors.${key}`))).to.deep.equal([]);
  });

  it('have a sentence for every refusal of the modules', () => {
    const codes = found(/new AppError\(\s*'([a-z-]+)'/g);

    expect(codes.length).to.be.greaterThan(10);
    expect(codes.filter((code) => !isTextKey(`refusals.${code}`))).to.deep.equal([]);
  });

  it('fill numbers by the grammar of the language', () => {
    expect(text('de', 'public.places-left', { left: 1 })).to.equal('1 Platz frei');
    expect(text('de', 'public.places-left', { left: 2 })).to.equal('2 Plätze frei');
    expect(text('en', 'public.places-left', { left: 1 })).to.equal('1 place left');
  });
});

/** What the pattern finds in the modules' own files. */
function found(pattern: RegExp): string[] {
  const folder = join(projectRoot, 'server');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(modules|platform)\/.*\.ts$/.test(file),
  );
  const words = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(pattern)].map((hit) => hit[1] ?? ''),
  );
  return [...new Set(words)];
}

function sourceOf(language: string, key: string): string {
  const [area = '', ...rest] = key.split('.');
  const file = join(projectRoot, 'templates/texts', language, `${area}.json`);
  const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return texts[rest.join('.')] ?? '';
}

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The names a text asks for, also inside the branches of a plural. */
function placeholdersIn(pattern: string): string[] {
  const names = (parts: readonly Part[]): string[] =>
    parts.flatMap((part) => [...nameOf(part), ...branchesOf(part).flatMap(names)]);
  return [...new Set(names(new IntlMessageFormat(pattern, 'de').getAst()))].toSorted();
}

function nameOf(part: Part): string[] {
  return /^[1-6]$/.test(String(part.type)) && 'value' in part ? [part.value] : [];
}

function branchesOf(part: Part): Part[][] {
  return 'options' in part ? Object.values(part.options).map(({ value }) => value) : [];
}
