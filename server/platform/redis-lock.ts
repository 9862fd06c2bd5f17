import { existsSync, linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const name = 'turn';
const waitAtMostMs = 30_000;

/**
 * One process at a time, also after the one inside was killed.
 *
 * Each turn is a file with a number and its holder in it; the next turn may be taken when the last one's holder let go
 * (the file is empty) or is dead. The highest file is never deleted, so nobody can take a turn that has passed.
 */
export async function inTurn<T>(directory: string, act: () => Promise<T>): Promise<T> {
  const turn = await takeTurn(directory);
  try {
    return await act();
  } finally {
    if (existsSync(turn)) truncateSync(turn);
  }
}

async function takeTurn(directory: string): Promise<string> {
  const giveUpAt = Date.now() + waitAtMostMs;
  while (Date.now() < giveUpAt) {
    const turn = tryTurn(directory);
    if (turn) return turn;
    await pause(20 + Math.random() * 30);
  }
  throw new Error(`Another process holds ${join(directory, name)} for too long.`);
}

function tryTurn(directory: string): string | undefined {
  const last = lastTurn(directory);
  if (last > 0 && isHeld(fileOf(directory, last))) return undefined;
  if (!create(directory, last + 1)) return undefined;
  if (lastTurn(directory) !== last + 1) {
    rmSync(fileOf(directory, last + 1), { force: true }); // We looked long ago: that turn is over.
    return undefined;
  }
  for (const old of turnsIn(directory).filter((number) => number <= last))
    rmSync(fileOf(directory, old), { force: true });
  return fileOf(directory, last + 1);
}

/** A link appears at once with its content, or not at all: nobody sees a turn without its holder. */
function create(directory: string, number: number): boolean {
  const draft = join(directory, `${name}-draft-${process.pid}-${Math.random().toString(36).slice(2)}`);
  writeFileSync(draft, holder(process.pid));
  try {
    linkSync(draft, fileOf(directory, number));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(file: string): boolean {
  try {
    const written = readFileSync(file, 'utf8');
    return written !== '' && written === holder(Number(written.split(' ')[0]));
  } catch {
    return true; // Deleted since we looked: look again.
  }
}

/** A process by number and start, since numbers come again; empty when it is dead. Without /proc, by number alone. */
function holder(pid: number): string {
  if (!isAlive(pid)) return '';
  const start = statusOf(pid)?.[19];
  return start === undefined ? `${pid}` : `${pid} ${start}`;
}

/** Whether a process of that number runs. One that is dead and that nobody has buried (Z) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return statusOf(pid)?.[0] !== 'Z';
}

/** The fields of /proc/<pid>/stat from the third, the state, on (proc_pid_stat(5)); the second may hold blanks. */
function statusOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // Not on Linux, or gone.
  }
}

function lastTurn(directory: string): number {
  return Math.max(0, ...turnsIn(directory));
}

function turnsIn(directory: string): number[] {
  return readdirSync(directory)
    .filter((file) => /^turn\.\d+$/.test(file))
    .map((file) => Number(file.slice(name.length + 1)));
}

function fileOf(directory: string, number: number): string {
  return join(directory, `${name}.${number}`);
}
