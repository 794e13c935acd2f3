import { useSearchParams } from 'react-router';

const parameter = 'evidence';

/** The evidence that is open lives in the address: it can be linked, and Back closes it. */
export function useOpenEvidence() {
  const [parameters, setParameters] = useSearchParams();
  const change = (id: string | undefined) =>
    setParameters((current) => {
      if (id) current.set(parameter, id);
      else current.delete(parameter);
      return current;
    });
  return {
    id: parameters.get(parameter) ?? undefined,
    open: (id: string) => change(id),
    close: () => change(undefined),
  };
}
