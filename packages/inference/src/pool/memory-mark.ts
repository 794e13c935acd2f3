/** The last words of a process that took more memory than it may. */
export const memoryMark = '\nmillwright: memory limit\n';
