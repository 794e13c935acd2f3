import type { MigrationSet } from '@millwright/db';
import { accessMigrations } from '@millwright/http';
import { jobsMigrations } from '@millwright/jobs';
import type { Module } from '@millwright/kernel';
import { ledgerMigrations } from '@millwright/ledger';

/** All migrations in the order they are applied: those of the packages, then the modules'. */
export function migrationSets(modules: readonly Module[]): MigrationSet[] {
  return [
    { module: 'ledger', folder: ledgerMigrations },
    { module: 'jobs', folder: jobsMigrations },
    { module: 'access', folder: accessMigrations },
    ...modules.flatMap(({ name, migrations }) => (migrations ? [{ module: name, folder: migrations }] : [])),
  ];
}
