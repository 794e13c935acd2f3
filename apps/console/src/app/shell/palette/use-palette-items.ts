import { ApiOutlined, DashboardOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import { useEntryType } from '../../../components/evidence/use-entry-type.ts';
import { shortId } from '../../../components/short-id.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { kindIcon } from '../../../features/cloud/plant/node-icon.tsx';
import { placesOf } from '../../../features/cloud/plant/tree.ts';
import { useSources } from '../../../features/cloud/use-cloud.ts';
import { useTree } from '../../../features/cloud/use-plant.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { pages } from '../../pages.ts';
import { useSession } from '../../session.tsx';
import type { PaletteItem } from './palette-item.ts';
import { looksLikeId, rankItems } from './rank-items.ts';

const mostOfEach = 6;
/** How long after the last key the server is asked. */
const pauseMs = 200;

/** Where a text may lead: pages, the plant and sources as they are known here; points and entries as the server finds them. */
export function usePaletteItems(text: string): { items: PaletteItem[]; searching: boolean } {
  const known = useKnownItems();
  const asked = useSettled(text, pauseMs);
  const points = useFoundPoints(asked);
  const entries = useFoundEntries(asked);
  const items = text ? rankItems(known, text, mostOfEach) : known.filter(({ group }) => group === 'pages');
  return {
    items: [...items, ...(points.data ?? []), ...(entries.data ?? [])],
    searching: asked !== text || points.isFetching || entries.isFetching,
  };
}

function useKnownItems(): PaletteItem[] {
  const { t } = useTranslation();
  const { may } = useSession();
  const nodes = useTree().data;
  const sources = useSources().data;
  return useMemo(() => {
    const places = placesOf(nodes ?? []);
    return [
      ...pages
        .filter(({ permission }) => !permission || may(permission))
        .map(
          ({ id, path, icon }): PaletteItem => ({
            id: `page-${id}`,
            group: 'pages',
            title: t(`pages.${id}.title`),
            note: t(`pages.${id}.sentence`),
            icon,
            to: path,
          }),
        ),
      ...(nodes ?? []).map(
        (node): PaletteItem => ({
          id: `node-${node.id}`,
          group: 'plant',
          title: node.name,
          note: [t(`cloud.kind.${node.kind}`), ...(places.get(node.id) ?? [])].join(' · '),
          icon: kindIcon(node.kind),
          to: `/plant?node=${node.id}`,
        }),
      ),
      ...(sources ?? []).map(
        ({ id, name, siteName }): PaletteItem => ({
          id: `source-${id}`,
          group: 'sources',
          title: name,
          note: siteName,
          icon: ApiOutlined,
          to: `/sources?source=${id}`,
        }),
      ),
    ];
  }, [t, may, nodes, sources]);
}

function useFoundPoints(text: string) {
  const { may } = useSession();
  const sources = useSources().data ?? [];
  return useQuery({
    queryKey: ['palette', 'points', text],
    enabled: text.length > 1 && may('cloud.plant.read'),
    staleTime: 30_000,
    queryFn: async () =>
      (await answer(api.GET('/api/cloud/points', { params: { query: { search: text, limit: mostOfEach } } }))).items,
    select: (points) =>
      points.map(
        ({ id, name, sourceId }): PaletteItem => ({
          id: `point-${id}`,
          group: 'points',
          title: name,
          note: sources.find((source) => source.id === sourceId)?.name ?? '',
          icon: DashboardOutlined,
          to: `/trends?points=${id}`,
        }),
      ),
  });
}

function useFoundEntries(text: string) {
  const { may } = useSession();
  const entryType = useEntryType();
  const format = useFormat();
  return useQuery({
    queryKey: ['palette', 'entries', text],
    enabled: looksLikeId(text) && may('ledger.entry.read'),
    staleTime: 30_000,
    queryFn: async () =>
      (await answer(api.GET('/api/ledger/entries', { params: { query: { search: text, limit: mostOfEach } } }))).items,
    select: (entries) =>
      entries.map(
        ({ id, type, at, actor }): PaletteItem => ({
          id: `entry-${id}`,
          group: 'entries',
          title: `${entryType(type)} ${shortId(id)}`,
          note: `${format.minute(at)} · ${actor.name}`,
          icon: SafetyCertificateOutlined,
          to: `/ledger?evidence=${id}`,
        }),
      ),
  });
}
