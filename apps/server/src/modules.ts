import { cloudModule } from '@millwright/cloud/server';
import { energyModule } from '@millwright/energy/server';
import { esgModule } from '@millwright/esg/server';
import type { Module } from '@millwright/kernel';
import { manuvisionModule } from '@millwright/manuvision/server';
import { matrixvisionModule } from '@millwright/matrixvision/server';
import { orionModule } from '@millwright/orion/server';

/** The only file that names every module. Order matters: a module comes after those it needs. */
export const modules: readonly Module[] = [
  cloudModule,
  orionModule,
  energyModule,
  esgModule,
  matrixvisionModule,
  manuvisionModule,
];
