import { useSearchParams } from 'react-router';

/** One value of the address: a filter or an opened row can be linked, and Back undoes it. */
export function useParameter(name: string): [string | undefined, (value: string | undefined) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = (value: string | undefined) =>
    setParameters((current) => {
      if (value) current.set(name, value);
      else current.delete(name);
      return current;
    });
  return [parameters.get(name) || undefined, change];
}
