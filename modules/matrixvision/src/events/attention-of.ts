import type { Attention } from '@millwright/cloud/server';
import { kindTitles } from '../rules/kind-titles.ts';
import type { CameraRow, EventRow } from '../schema.ts';

/** What an event asks attention with. The same event has the same id, so that it is raised once however often it is told. */
export function attentionOf(row: CameraRow, event: EventRow): Attention {
  return {
    ...{ id: event.id, module: 'matrixvision', kind: event.kind, severity: event.severity, siteId: row.site_id },
    ...{ subject: `${row.id}/${event.rule_id}`, title: titleOf(row.name, event), at: event.at.getTime() },
    ...{ link: `/video/events?event=${event.id}`, pictureBlob: event.picture_covered ?? event.picture },
    pictureRight: 'matrixvision.video.read',
    details: { camera: row.name, rule: event.rule_id, label: event.label, tracks: event.tracks, doubts: event.doubts },
  };
}

/** Camera and rule by the names that people gave, and in the reader's language of what kind it is, unless the name says just that. */
function titleOf(camera: string, { kind, rule_name, rule_id }: EventRow): Attention['title'] {
  const titles = kindTitles[kind];
  if (!titles) return `${camera}: ${rule_name}`;
  const isNamed = rule_name !== rule_id && !Object.values(titles).includes(rule_name);
  const inLanguage = (title: string, [open, close]: readonly [string, string]) =>
    isNamed ? `${rule_name}${open}${title}${close}` : title;
  return {
    en: `${camera}: ${inLanguage(titles.en, [' (', ')'])}`,
    'zh-CN': `${camera}：${inLanguage(titles['zh-CN'], ['（', '）'])}`,
    'zh-TW': `${camera}：${inLanguage(titles['zh-TW'], ['（', '）'])}`,
  };
}
