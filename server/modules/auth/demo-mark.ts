import { MarkModel } from './mark.model.ts';
import { codeToSend } from './sign-in.ts';

/** Writes into the data that they are a demo: only then are codes shown on the page. A real installation never has it. */
export async function markDemo(): Promise<void> {
  if (!(await isDemo())) await MarkModel.create([{ _id: 'demo' }]);
}

export async function isDemo(): Promise<boolean> {
  return (await MarkModel.exists({ _id: 'demo' })) !== null;
}

/** The code of a sign-in, where the data are a demo; whoever shows it makes sure that the visitor sits at this machine. */
export async function demoCodeOf(signInId: string): Promise<string | undefined> {
  if (!(await isDemo())) return undefined;
  return (await codeToSend(signInId))?.code;
}
