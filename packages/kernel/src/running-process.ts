import { readFileSync } from 'node:fs';

/** What Linux says of a process; undefined where there is no such process, or no such system. Source: proc_pid_stat(5). */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Counted after the parenthesised name, which may itself hold spaces: field 3 is the state, field 22 the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** When a process began, in clock ticks since boot, where the system tells, else empty: tells a re-used pid from its first holder. */
export const startOfProcess = (pid: number): string => statOf(pid)?.start ?? '';

/** Whether the process that began then still runs. One that was killed and that nobody has asked for its status does not. */
export function isRunning(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const stat = statOf(pid);
  if (stat && /^[ZX]$/.test(stat.state)) return false;
  return start === '' || start === (stat?.start ?? '');
}
