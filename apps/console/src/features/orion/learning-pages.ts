import { ExperimentOutlined, NodeIndexOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const experiments = { group: 'learning', permission: 'orion.experiment.read', icon: ExperimentOutlined } as const;
const models = { group: 'learning', permission: 'cloud.model.read', icon: NodeIndexOutlined } as const;

export const learningPages: readonly Page[] = [
  {
    ...experiments,
    id: 'experiments',
    path: '/learning/experiments',
    load: async () => (await import('./experiments/experiments-page.tsx')).ExperimentsPage,
  },
  {
    ...experiments,
    id: 'experiment',
    path: '/learning/experiments/:id',
    hidden: true,
    load: async () => (await import('./experiments/experiment-page.tsx')).ExperimentPage,
  },
  {
    ...models,
    id: 'models',
    path: '/learning/models',
    load: async () => (await import('./models/models-page.tsx')).ModelsPage,
  },
  {
    ...models,
    id: 'model',
    path: '/learning/models/:id',
    hidden: true,
    load: async () => (await import('./models/model-page.tsx')).ModelPage,
  },
];
