import type { Page } from 'playwright-core';

const minute = 60_000;
const cameraId = '01970000-0000-7000-8000-000000000001';

/** One event as the server tells it. */
export const toldEvent = (number: number, more: object = {}) => ({
  id: `01970000-0000-7000-8000-0000000001${String(number).padStart(2, '0')}`,
  ...{ cameraId, cameraName: 'North gate', siteId: cameraId, ruleId: 'gate', ruleName: 'Gate line', ruleVersion: 3 },
  ...{ kind: 'line-crossing', severity: 'warning', label: 'person', tracks: [number] },
  ...{ at: new Date(Date.UTC(2026, 2, 5, 10) - number * minute).toISOString(), receivedAt: '2026-03-05T10:00:00.000Z' },
  details: { since: '2026-03-05T09:59:00.000Z', position: { x: 0.5, y: 0.6 }, values: {}, suppressed: 0 },
  ...{ doubts: number === 2 ? ['rejoined'] : [], hasPicture: false, clipState: 'none', clipReason: null },
  ...{ findingId: null, state: 'open', reviewedAt: null, reviewedBy: null, reviewNote: null },
  ...more,
});

/** Camera, events, counts and recordings as a server tells them that has watched for a while; reviews are kept. */
export async function tellVideo(page: Page): Promise<{ reviews: { id: string; state: string }[] }> {
  const reviews: { id: string; state: string }[] = [];
  const events = [1, 2, 3].map((number) => toldEvent(number));
  const json = (items: object) => ({ contentType: 'application/json', body: JSON.stringify(items) });
  await page.route(/\/api\/matrixvision\/events\?/, (route) => route.fulfill(json({ items: events, total: 3 })));
  await page.route(/\/api\/matrixvision\/events\/precision/, (route) =>
    route.fulfill(
      json({
        items: [
          {
            ...{ cameraId, cameraName: 'North gate', ruleId: 'gate', ruleName: 'Gate line', kind: 'line-crossing' },
            ...{ events: 12, confirmed: 8, rejected: 2, precision: 0.8, low: 0.49, high: 0.943 },
          },
        ],
      }),
    ),
  );
  await page.route(/\/api\/matrixvision\/events\/[0-9a-f-]+\/review/, async (route) => {
    const id = route.request().url().split('/').at(-2)!;
    const { state } = route.request().postDataJSON() as { state: string };
    reviews.push({ id, state });
    const event = events.find((each) => each.id === id)!;
    Object.assign(event, { state, reviewedBy: state === 'open' ? null : 'admin', reviewedAt: '2026-03-05T11:00:00Z' });
    await route.fulfill(json(event));
  });
  return { reviews };
}
