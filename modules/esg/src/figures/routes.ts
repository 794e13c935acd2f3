import { type App, signedInActor } from '@millwright/http';
import { requirePermission } from '@millwright/kernel';
import type { FindingContent, Ledger, LedgerEntry } from '@millwright/ledger';
import { z } from 'zod';
import { emissionsMethodId } from '../emissions/method.ts';
import { inventoryMethodId } from '../inventory/method.ts';
import type { KpiTable } from '../kpi/kpi-table.ts';
import { kpiMethodId } from '../kpi/method.ts';
import { calculationsOf } from '../restatement/method.ts';

const types = [emissionsMethodId, inventoryMethodId, kpiMethodId] as const;

/** The figures recorded so far, newest first; restatements have a list of their own. */
export function figureRoutes(app: App, ledger: Ledger): void {
  app.get(
    '/api/esg/figures',
    {
      schema: {
        tags: ['esg'],
        querystring: z.object({
          type: z.enum(types).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                /** Evidence of the figure. */
                id: z.string(),
                type: z.enum(types),
                at: z.string(),
                by: z.string(),
                siteId: z.string().nullable(),
                /** `2023`, the two days of a period, or `total`. */
                label: z.string(),
                /** t CO2e, exact: Scope 1 and location-based Scope 2; with market-based Scope 2. */
                total: z.string(),
                totalMarket: z.string(),
                /** Whether the totals lack something, and are at least what they say. */
                incomplete: z.boolean(),
                inputs: z.number(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const actor = signedInActor(request);
      requirePermission(actor, 'esg.figure.read');
      const { type, limit } = request.query;
      const entries = await Promise.all(
        (type ? [type] : types).map((each) => ledger.list(actor, { type: each, limit })),
      );
      const newest = entries
        .flat()
        .sort((a, b) => b.sequence - a.sequence)
        .slice(0, limit);
      return { items: newest.map(summary) };
    },
  );
}

function summary({ id, type, at, actor, siteId, content }: LedgerEntry) {
  const { output, inputs } = content as FindingContent;
  const table = type === kpiMethodId ? (output as KpiTable) : undefined;
  const label = table?.reportingYear ?? (output as { period?: { label: string } }).period?.label ?? 'total';
  const { totals, incomplete } = calculationsOf(type, output)[table ? label : 'total']!;
  const { total, totalMarket } = totals;
  return {
    id,
    type: type as (typeof types)[number],
    at,
    by: actor.name,
    siteId,
    label,
    total,
    totalMarket,
    incomplete: incomplete.length > 0,
    inputs: inputs.length,
  };
}
