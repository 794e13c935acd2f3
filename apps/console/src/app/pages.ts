import i18next from 'i18next';
import type { ComponentType } from 'react';
import { accessPages } from '../features/access/pages.ts';
import { accountPages } from '../features/account/pages.ts';
import { alertPages } from '../features/alerts/pages.ts';
import { cloudPages } from '../features/cloud/pages.ts';
import { edgePages } from '../features/edge/pages.ts';
import { energyPages } from '../features/energy/pages.ts';
import { esgPages } from '../features/esg/pages.ts';
import { homePages } from '../features/home/pages.ts';
import { jobPages } from '../features/jobs/pages.ts';
import { ledgerPages } from '../features/ledger/pages.ts';
import { manuvisionPages } from '../features/manuvision/pages.ts';
import { matrixvisionPages } from '../features/matrixvision/pages.ts';
import { learningPages } from '../features/orion/learning-pages.ts';
import { orionPages } from '../features/orion/pages.ts';
import { systemPages } from '../features/system/pages.ts';
import { type FeatureTexts, loadFeatureTexts } from './i18n/feature-texts.ts';
import type { Language } from './i18n/languages.ts';

export const pageGroups = [
  'overview',
  'plant',
  'maintenance',
  'parts',
  'video',
  'alerts',
  'energy',
  'learning',
  'esg',
  'proof',
  'administration',
] as const;
export type PageGroup = (typeof pageGroups)[number];

/** One page for one task. Navigation, start page, keyboard and router are all drawn from these. */
export interface Page {
  /** Its texts are `pages.<id>.title` and `pages.<id>.sentence`. */
  readonly id: string;
  readonly path: string;
  readonly group: PageGroup;
  readonly icon: ComponentType;
  /** The letter after `g` that opens it. */
  readonly letter?: string;
  /** Who lacks it does not see the page. */
  readonly permission?: string;
  /** Left out of navigation and start page; reached from another page or the user menu. */
  readonly hidden?: boolean;
  load(): Promise<ComponentType>;
}

export const pages: readonly Page[] = [
  ...homePages,
  ...cloudPages,
  ...edgePages,
  ...manuvisionPages,
  ...matrixvisionPages,
  ...orionPages,
  ...alertPages,
  ...energyPages,
  ...learningPages,
  ...esgPages,
  ...ledgerPages,
  ...jobPages,
  ...accessPages,
  ...systemPages,
  ...accountPages,
];

/** Pages of a group that a person may open. */
export const pagesOf = (group: PageGroup, may: (permission: string) => boolean): Page[] =>
  pages.filter((page) => page.group === group && !page.hidden && (!page.permission || may(page.permission)));

const groupTexts: Readonly<Partial<Record<PageGroup, readonly FeatureTexts[]>>> = {
  parts: ['parts', 'labelling'],
  maintenance: ['health'],
  learning: ['learning'],
};

/** A page with the texts that only its group needs. */
export async function loadPage(page: Page): Promise<ComponentType> {
  const texts = loadFeatureTexts(i18next.language as Language, groupTexts[page.group] ?? []);
  const [component] = await Promise.all([page.load(), texts]);
  return component;
}
