import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tree, type TreeDataNode } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { Item, Source } from '../../../api/types.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useNotify } from '../../../components/use-notify.ts';

type PointKind = 'gauge' | 'delta' | 'counter';
type BrowseItem = Item<'/api/cloud/sources/{id}/browse'>;

const browse = async (id: string, parent?: string) =>
  (await answer(api.GET('/api/cloud/sources/{id}/browse', { params: { path: { id }, query: { parent } } }))).items;

const treeNode = (item: BrowseItem): TreeDataNode => ({
  key: item.key,
  title: item.name,
  isLeaf: !item.hasChildren,
  checkable: item.point !== undefined,
});

const kindOf = (kind: unknown): PointKind => (kind === 'counter' || kind === 'delta' ? kind : 'gauge');

/** What the device itself says it has; what is ticked becomes points. */
export function BrowseTree({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { done, failed } = useNotify();
  const client = useQueryClient();
  const [seen, setSeen] = useState<ReadonlyMap<string, readonly BrowseItem[]>>(new Map());
  const [checked, setChecked] = useState<string[]>([]);
  const top = useQuery({
    // Asked anew when the connection changes: a refusal while it was offline must not stay.
    queryKey: ['cloud', 'browse', source.id, source.state.state],
    queryFn: () => browse(source.id),
    staleTime: 60_000,
  });
  const all = [...(top.data ?? []), ...[...seen.values()].flat()];
  const add = useMutation({
    mutationFn: () => {
      const chosen = all.filter(({ key }) => checked.includes(key));
      const points = chosen.map(({ key, name, point = {} }) => ({
        key,
        name: typeof point.name === 'string' ? point.name : name,
        unit: typeof point.unit === 'string' ? point.unit : '1',
        kind: kindOf(point.kind),
      }));
      return answer(
        api.POST('/api/cloud/sources/{id}/points', { params: { path: { id: source.id } }, body: { points } }),
      );
    },
    onError: failed,
    onSuccess: ({ items }) => {
      done(t('cloud.sources.added', { n: items.length }));
      setChecked([]);
      return client.invalidateQueries({ queryKey: ['cloud', 'points'] });
    },
  });
  if (top.error) return <ErrorNotice error={top.error} onRetry={() => void top.refetch()} />;
  if (top.data?.length === 0) return <EmptyState title={t('cloud.sources.nothingToBrowse')} />;
  const grow = (item: BrowseItem): TreeDataNode => ({
    ...treeNode(item),
    children: seen.get(item.key)?.map(grow),
  });
  return (
    <>
      <p className="soft">{t('cloud.sources.browseHint')}</p>
      <Tree
        checkable
        checkStrictly
        height={420}
        treeData={top.data?.map(grow) ?? []}
        checkedKeys={checked}
        onCheck={(keys) => setChecked((Array.isArray(keys) ? keys : keys.checked).map(String))}
        loadData={async ({ key }) => {
          const children = await browse(source.id, String(key)).catch((error: unknown) => {
            failed(error);
            return [];
          });
          setSeen((current) => new Map(current).set(String(key), children));
        }}
      />
      <Button type="primary" disabled={checked.length === 0} loading={add.isPending} onClick={() => add.mutate()}>
        {t('cloud.sources.addPoints', { n: checked.length })}
      </Button>
    </>
  );
}
