import { type Format, unitName } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { readable } from '../shared/amount.ts';
import type { Flow } from '../types.ts';

/** Room for the column with the most names in it. */
export function flowHeight({ nodes, links }: Pick<Flow, 'nodes' | 'links'>): number {
  const sources = new Set(links.map(({ source }) => source));
  const ends = nodes.filter(({ id }) => !sources.has(id)).length;
  return Math.min(900, Math.max(320, ends * 34));
}

/** `Pump 3: Active energy` is `Pump 3` beside its bar. */
const shortName = (name: string) => name.split(': ')[0] ?? name;

export function flowOption(flow: Flow, palette: Palette, format: Format, unmetered: string): EChartsOption {
  const { unit } = flow;
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  const wrong = new Set(flow.errors.filter(({ withinTolerance }) => !withinTolerance).map(({ id }) => id));
  const nameOf = (id: string) => {
    const node = byId.get(id);
    return node?.kind === 'unmetered' ? unmetered : shortName(node?.name ?? id);
  };
  // One unit for the whole picture, so that numbers can be compared.
  const larger = readable({ value: flow.supply, unit });
  const factor = larger.unit === unit ? 1 : flow.supply / (larger.value ?? 1);
  const amount = (value: number) => {
    const shown = value / factor;
    return `${format.number(shown, shown < 100 ? 1 : 0)} ${unitName(larger.unit)}`;
  };
  const colorOf = (id: string, kind: Flow['nodes'][number]['kind']) => {
    if (wrong.has(id)) return palette.bad;
    if (kind === 'unmetered') return palette.lineStrong;
    return kind === 'supply' ? palette.ember : palette.series[0]!;
  };
  return {
    tooltip: {
      confine: true,
      formatter: (item) => {
        const one = Array.isArray(item) ? item[0] : item;
        const data = (one?.data ?? {}) as { source?: string; target?: string; name?: string; value?: number };
        const what =
          data.source && data.target ? `${nameOf(data.source)} → ${nameOf(data.target)}` : nameOf(data.name ?? '');
        const value = data.value ?? byId.get(data.name ?? '')?.value ?? 0;
        return `${escaped(what)}<br><b>${amount(value)}</b> · ${format.percent(value / flow.supply)}`;
      },
    },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 200,
        top: 8,
        bottom: 8,
        nodeWidth: 12,
        nodeGap: 12,
        draggable: false,
        nodeAlign: 'left',
        emphasis: { focus: 'adjacency' },
        label: {
          color: palette.text,
          fontSize: 11,
          formatter: ({ name }) => `${nameOf(name ?? '')}  ${amount(byId.get(name ?? '')?.value ?? 0)}`,
        },
        lineStyle: { color: 'source', opacity: 0.22, curveness: 0.5 },
        data: flow.nodes.map(({ id, kind }) => ({ name: id, itemStyle: { color: colorOf(id, kind), borderWidth: 0 } })),
        links: flow.links.map((link) => ({ ...link })),
      },
    ],
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
