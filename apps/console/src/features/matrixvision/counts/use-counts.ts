import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Answer, Item } from '../../../api/types.ts';
import type { TimeWindow } from '../shared/use-window.ts';
import type { Drawn } from '../types.ts';

const key = ['matrixvision', 'counts'] as const;

export const useCounts = (camera: string, { from, to }: TimeWindow, bucketMinutes: number) =>
  useQuery({
    queryKey: [...key, 'buckets', camera, from, to, bucketMinutes],
    placeholderData: (previous) => previous,
    queryFn: async () => {
      const query = { camera, from, to, bucketMinutes };
      return (await answer(api.GET('/api/matrixvision/crossings/counts', { params: { query } }))).items;
    },
  });

/** As many as are listed; the counts know all. */
export const mostCrossings = 1_000;

export const useCrossings = (camera: string, { from, to }: TimeWindow) =>
  useQuery({
    queryKey: [...key, 'crossings', camera, from, to],
    placeholderData: (previous) => previous,
    queryFn: async () => {
      const query = { camera, from, to, limit: mostCrossings };
      return (await answer(api.GET('/api/matrixvision/crossings', { params: { query } }))).items;
    },
  });

/** How long things were in each cell of the picture, row by row. */
export type HeatMap = Answer<'/api/matrixvision/tracks/heat-map'>;
export type TrackFound = Item<'/api/matrixvision/tracks/search'>;

export const useHeatMap = (camera: string, { from, to }: TimeWindow, label: string | undefined, enabled: boolean) =>
  useQuery({
    queryKey: [...key, 'heat', camera, from, to, label],
    enabled,
    queryFn: () =>
      answer(api.GET('/api/matrixvision/tracks/heat-map', { params: { query: { camera, from, to, label } } })),
  });

export const usePaths = (camera: string, { from, to }: TimeWindow, label: string | undefined, enabled: boolean) =>
  useQuery({
    queryKey: [...key, 'paths', camera, from, to, label],
    enabled,
    queryFn: async () =>
      (await answer(api.GET('/api/matrixvision/tracks/paths', { params: { query: { camera, from, to, label } } })))
        .items,
  });

export interface Place {
  readonly isZone: boolean;
  readonly points: readonly Drawn[];
}

export const useTrackSearch = (camera: string, { from, to }: TimeWindow, place: Place | undefined) =>
  useQuery({
    queryKey: [...key, 'search', camera, from, to, place],
    enabled: place !== undefined,
    queryFn: async () => {
      const drawn = { [place?.isZone ? 'zone' : 'line']: JSON.stringify(place?.points) };
      const query = { camera, from, to, ...drawn };
      return (await answer(api.GET('/api/matrixvision/tracks/search', { params: { query } }))).items;
    },
  });
