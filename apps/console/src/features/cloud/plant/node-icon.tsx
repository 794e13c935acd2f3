import { EnvironmentOutlined, NodeIndexOutlined, ShopOutlined, ToolOutlined } from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { NodeKind } from '../../../api/types.ts';

const icons = { site: EnvironmentOutlined, area: ShopOutlined, line: NodeIndexOutlined, asset: ToolOutlined };

export const kindIcon = (kind: NodeKind): ComponentType => icons[kind];

export function NodeIcon({ kind }: { kind: NodeKind }) {
  const Icon = kindIcon(kind);
  return <Icon />;
}
