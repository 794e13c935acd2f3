import { Select } from 'antd';
import { useMemo } from 'react';
import { placesOf } from '../plant/tree.ts';
import { useTree } from '../use-plant.ts';

interface PlaceSelectProps {
  readonly siteId: string;
  readonly id?: string;
  readonly value?: string;
  onChange?(value: string): void;
}

/** A part of one site, found by any word of its place. */
export function PlaceSelect({ siteId, ...field }: PlaceSelectProps) {
  const nodes = useTree().data;
  const options = useMemo(() => {
    const places = placesOf(nodes ?? []);
    return (nodes ?? [])
      .filter((node) => node.siteId === siteId)
      .map(({ id, name }) => ({ value: id, label: [...(places.get(id) ?? []), name].join(' › ') }))
      .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
  }, [nodes, siteId]);
  return <Select {...field} showSearch={{ optionFilterProp: 'label' }} options={options} />;
}
