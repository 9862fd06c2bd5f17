/* Compiles templates/mail/*.mjml to dist/mail/*.liquid.html; what is up to date stays as it is. */
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const source = join(root, 'templates', 'mail');
const target = join(root, 'dist', 'mail');

await mkdir(target, { recursive: true });
for (const file of await readdir(source)) {
  if (!file.endsWith('.mjml')) continue;
  const output = join(target, `${basename(file, '.mjml')}.liquid.html`);
  if (!(await isUpToDate(output, [join(source, file), import.meta.filename])))
    await compile(join(source, file), output);
}

async function isUpToDate(output, inputs) {
  const written = await changedAt(output);
  const changes = await Promise.all(inputs.map(changedAt));
  return changes.every((changed) => written > changed);
}

async function changedAt(path) {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs ?? 0;
}

/** No fonts: MJML's default would link a foreign font service into every mail. Renamed into place for readers meanwhile. */
async function compile(input, output) {
  const { default: mjml2html } = await import('mjml');
  const { html, errors } = await mjml2html(await readFile(input, 'utf8'), {
    filePath: input,
    fonts: {},
    keepComments: false,
    validationLevel: 'strict',
  });
  if (errors?.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const draft = `${output}.${process.pid}.tmp`;
  await writeFile(draft, html);
  await rename(draft, output);
}
