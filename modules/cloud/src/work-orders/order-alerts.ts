import type { Severity } from '@millwright/kernel';
import type { Attention } from '../alerts/attention.ts';
import type { WorkOrder, WorkOrderPriority } from './work-order.ts';

/** How much an order that waits for somebody asks for attention. */
const severityOf: Record<WorkOrderPriority, Severity> = {
  low: 'info',
  normal: 'info',
  high: 'warning',
  urgent: 'alarm',
};

const about = (order: WorkOrder) => ({
  module: 'cloud',
  siteId: order.siteId,
  subject: order.id,
  text: `${order.siteName} · ${order.nodeName}`,
  link: `/orders/${order.id}`,
  details: { order: order.number, priority: order.priority, owner: order.owner?.name ?? null, due: order.dueAt },
});

export const assignedAlert = (order: WorkOrder, at: Date): Attention => ({
  ...about(order),
  ...{ kind: 'order-assigned', severity: severityOf[order.priority], at: at.getTime() },
  title: {
    en: `Work order ${order.number} goes to ${order.owner?.name}: ${order.title}`,
    'zh-CN': `工单 ${order.number} 已分配给 ${order.owner?.name}：${order.title}`,
    'zh-TW': `工單 ${order.number} 已指派給 ${order.owner?.name}：${order.title}`,
  },
});

/** Raised once, when its time passes. */
export const overdueAlert = (order: WorkOrder): Attention => ({
  ...about(order),
  kind: 'order-overdue',
  severity: order.priority === 'urgent' ? 'critical' : order.priority === 'high' ? 'alarm' : 'warning',
  at: Date.parse(order.dueAt!),
  title: {
    en: `Work order ${order.number} is overdue: ${order.title}`,
    'zh-CN': `工单 ${order.number} 已逾期：${order.title}`,
    'zh-TW': `工單 ${order.number} 已逾期：${order.title}`,
  },
});
