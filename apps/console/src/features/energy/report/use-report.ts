import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Period } from '../shared/period.ts';
import { type Subject, subjectQuery } from '../shared/subject.ts';
import type { Carrier } from '../types.ts';

export const intervals = ['15m', '30m', '1h'] as const;
export type Interval = (typeof intervals)[number];

export interface Question {
  readonly subject: Subject | undefined;
  readonly period: { readonly from: string; readonly to: string };
  /** Left out: the meter's own. */
  readonly interval: Interval | undefined;
  /** Of a part of the plant. */
  readonly carrier: Carrier | undefined;
}

const asked = ({ subject, period, interval, carrier }: Question) => ({
  ...(subject && subjectQuery(subject)),
  ...{ from: period.from, to: period.to },
  ...(interval && { interval }),
  ...(carrier && subject?.kind === 'node' && { carrier }),
});

/** Finished days do not change often; late readings are taken in after a while. */
const staleTime = 5 * 60_000;

export const useProfile = (question: Question, enabled = true) =>
  useQuery({
    queryKey: ['energy', 'profile', question],
    enabled: enabled && question.subject !== undefined,
    staleTime,
    queryFn: () => answer(api.GET('/api/energy/profile', { params: { query: asked(question) } })),
  });

export const useHeatMap = (question: Question) =>
  useQuery({
    queryKey: ['energy', 'heat-map', question],
    enabled: question.subject !== undefined,
    staleTime,
    queryFn: () => answer(api.GET('/api/energy/heat-map', { params: { query: asked(question) } })),
  });

/** The report of one meter. Asking records a finding, so the same question is asked once per visit. */
export const useReport = (pointId: string | undefined, period: Period, interval: Interval | undefined) =>
  useQuery({
    queryKey: ['energy', 'report', pointId, period, interval],
    enabled: pointId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * 60_000,
    queryFn: () => {
      const body = {
        pointId: pointId!,
        from: period.from,
        to: period.to,
        profile: false,
        ...(interval && { interval }),
      };
      return answer(api.POST('/api/energy/reports', { body }));
    },
  });

/** Several meters added up: their consumption from every reading, recorded. */
export const useRecordSum = (nodeId: string, period: Period, carrier: Carrier) =>
  useMutation({
    mutationFn: async () => {
      const body = { nodeId, from: period.from, to: period.to, carrier };
      return (await answer(api.POST('/api/energy/consumption', { body }))).evidence;
    },
  });
