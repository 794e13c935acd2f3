import type { Role } from '../../api/types.ts';

/** From most to least rights. */
export const roles: readonly Role[] = ['administrator', 'engineer', 'operator', 'viewer', 'auditor'];
