import { EnvironmentOutlined, NodeIndexOutlined, ShopOutlined, ToolOutlined } from '@ant-design/icons';
import type { NodeKind } from '../../../api/types.ts';

const icons = { site: EnvironmentOutlined, area: ShopOutlined, line: NodeIndexOutlined, asset: ToolOutlined };

export function NodeIcon({ kind }: { kind: NodeKind }) {
  const Icon = icons[kind];
  return <Icon />;
}
