import type { ServerUnderTest } from '../lib/server-under-test.ts';

/** A question that a page of the console asks, and whether the answer has something to show. */
export interface PageQuestion {
  readonly page: string;
  answered(server: ServerUnderTest, plant: SamplePlantFacts): Promise<boolean>;
}

export interface SamplePlantFacts {
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly points: readonly {
    readonly id: string;
    readonly kind: string;
    readonly mainMeter: boolean;
    readonly carrier: string | null;
  }[];
  readonly year: number;
}

interface Overview {
  sites: { carriers: { thisMonth: { value: number | null }; sameMonthLastYear: { value: number | null } }[] }[];
}

interface Sankey {
  links: unknown[];
  /** Meters of which the period has no amount. */
  unknown: string[];
}

const dayMs = 86_400_000;

/** The year before this one, as the pages ask for it. */
const finished = ({ year }: SamplePlantFacts) => ({ from: `${year - 1}-01-01`, to: `${year}-01-01` });

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

async function trendsOf(server: ServerUnderTest, ids: readonly string[], from: number, to: number): Promise<boolean> {
  const period = query({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), most: '10' });
  for (const id of ids) {
    const { time } = await server.call<{ time: number[] }>('GET', `/api/cloud/points/${id}/trend?${period}`);
    if (time.length === 0) return false;
  }
  return true;
}

export const pageQuestions: readonly PageQuestion[] = [
  {
    page: 'overview: this month and the same month last year, every carrier of every site',
    async answered(server, { sites }) {
      const overview = await server.call<Overview>('GET', '/api/energy/overview');
      return (
        overview.sites.length === sites.length &&
        overview.sites.every(
          ({ carriers }) =>
            carriers.length > 0 &&
            carriers.every((of) => (of.thisMonth.value ?? 0) > 0 && (of.sameMonthLastYear.value ?? 0) > 0),
        )
      );
    },
  },
  {
    page: 'energy report: the finished year of every electricity supply meter, at least 99 % covered',
    async answered(server, plant) {
      const meters = plant.points.filter(
        ({ mainMeter, kind, carrier }) => mainMeter && kind === 'counter' && carrier === 'electricity',
      );
      for (const { id } of meters) {
        const { coverage } = await server.call<{ coverage: { share: number } }>('POST', '/api/energy/reports', {
          ...{ pointId: id, ...finished(plant) },
        });
        if (coverage.share < 0.99) return false;
      }
      return meters.length > 0;
    },
  },
  {
    page: 'consumption and flow: the finished year from supply to use, every part of every site',
    async answered(server, plant) {
      for (const { id } of plant.sites) {
        const asked = query({ site: id, carrier: 'electricity', ...finished(plant) });
        const { links, unknown } = await server.call<Sankey>('GET', `/api/energy/sankey?${asked}`);
        if (links.length < 5 || unknown.length > 0) return false;
      }
      return true;
    },
  },
  {
    page: 'inventory: scope 1 and 2 of the finished year, all sites',
    async answered(server, { year }) {
      const { sources } = await server.call<{ sources: { sources: { coverage?: number }[] }[] }>(
        ...(['POST', '/api/esg/inventory', { year: year - 1 }] as const),
      );
      return (
        sources.length > 0 && sources.every((line) => line.sources.every(({ coverage }) => (coverage ?? 1) > 0.99))
      );
    },
  },
  {
    page: 'trends: the last week of every point',
    answered: (server, { points }) =>
      trendsOf(
        server,
        points.map(({ id }) => id),
        Date.now() - 7 * dayMs,
        Date.now() - dayMs,
      ),
  },
  {
    page: 'trends: January of the finished year of every point',
    answered: (server, { points, year }) =>
      trendsOf(
        server,
        points.map(({ id }) => id),
        Date.UTC(year - 1, 0, 2),
        Date.UTC(year - 1, 1, 1),
      ),
  },
  {
    page: 'live values: of every source kind, sent since the start',
    async answered(server, { points }) {
      const { items } = await server.call<{ items: { time: string }[] }>(
        ...(['POST', '/api/cloud/latest', { pointIds: points.map(({ id }) => id) }] as const),
      );
      return items.filter(({ time }) => Date.parse(time) > Date.now() - 120_000).length > points.length / 2;
    },
  },
  {
    page: 'delivery: this hour of every source',
    async answered(server) {
      const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
      const period = query({ from: new Date(hour).toISOString(), to: new Date(hour + 3_600_000).toISOString() });
      const { items: sources } = await server.call<{ items: unknown[] }>('GET', '/api/cloud/sources');
      const { items } = await server.call<{ items: { stored: number }[] }>('GET', `/api/cloud/delivery?${period}`);
      return items.filter(({ stored }) => stored > 0).length === sources.length;
    },
  },
];
