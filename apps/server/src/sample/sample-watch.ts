import { cloudModule } from '@millwright/cloud/server';
import type { Actor, Host } from '@millwright/kernel';
import { orionModule } from '@millwright/orion/server';
import { watchedAsset } from './sample-history.ts';
import type { SamplePoint } from './sample-tree.ts';

/** Has one asset of the sample plant watched, as its page would: so that health and incidents have something to show. */
export async function watchSample(host: Host, actor: Actor, points: readonly SamplePoint[]): Promise<void> {
  const { monitors } = host.use(orionModule);
  const cloud = host.use(cloudModule);
  const known = points.find(({ plantKey, kind }) => kind === 'gauge' && plantKey.startsWith(`${watchedAsset}/`));
  if (!known) return;
  const stored = await cloud.points.list(actor, { sourceId: known.sourceId });
  const nodeId = stored.find(({ key }) => key === known.key)?.nodeId;
  if (!nodeId || (await monitors.list(actor)).some((one) => one.nodeId === nodeId)) return;
  const proposal = await monitors.propose(actor, nodeId);
  if (!proposal.period) return;
  await monitors.create(actor, {
    nodeId,
    pointIds: proposal.points.filter(({ proposed }) => proposed).map(({ pointId }) => pointId),
    from: new Date(proposal.period.from).toISOString(),
    to: new Date(proposal.period.to).toISOString(),
    ...{ perWeek: 0.25, method: 'pca' },
  });
}
