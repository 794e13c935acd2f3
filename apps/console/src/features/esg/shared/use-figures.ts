import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answer, api } from '../../../api/client.ts';
import type { FigureType } from '../types.ts';

const mostFigures = 200;

/** Figures recorded so far, newest first. */
export const useFigures = (types: readonly FigureType[]) =>
  useQuery({
    queryKey: ['esg', 'figures', types],
    queryFn: async () => {
      const lists = await Promise.all(
        types.map((type) => answer(api.GET('/api/esg/figures', { params: { query: { type, limit: mostFigures } } }))),
      );
      return lists.flatMap(({ items }) => items).sort((a, b) => b.at.localeCompare(a.at));
    },
  });

const parameter = 'figure';

/**
 * The figure that is looked at lives in the address, so that it can be linked; without one it is the newest of the first
 * type that has any.
 */
export function useChosenFigure(types: readonly FigureType[]) {
  const [parameters, setParameters] = useSearchParams();
  const figures = useFigures(types);
  const choose = (id: string) =>
    setParameters((current) => {
      current.set(parameter, id);
      return current;
    });
  const usual = figures.data?.find(({ type }) => type === types[0]) ?? figures.data?.[0];
  return { figures, id: parameters.get(parameter) ?? usual?.id, choose };
}
