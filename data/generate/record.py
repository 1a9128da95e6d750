"""The record: the runbook's template as printed, what the responders added, and their timeline."""

from __future__ import annotations

import csv
import io

TEMPLATE = """\
incident:
  id: INC-2024-001
  severity: SEV1
  title: Payment processing outage
  started_at: 2024-01-15T14:15:00Z
  detected_by: monitoring_alert
  resolved_at: 2024-01-15T15:45:00Z

  impact:
    users_affected: 15000
    revenue_lost: $45000
    duration_minutes: 90

  timeline:
    - time: 14:15
      event: Alert triggered
    - time: 14:18
      event: IC assigned
    - time: 14:25
      event: Root cause identified

  action_items:
    - Add monitoring for connection pool
    - Implement auto-scaling
    - Update runbook
"""

ADDED = """
  # Added to the template by the responders.
  schema_version: 1
  timezone: UTC
  status: resolved
  services:
    - payment-processor
    - checkout-api
  channel: "#incident-2024-01-15-payments"
  status_page: status.example.com

  roles:
    - role: Incident Commander
      person: Jane Smith
      assigned_at: 2024-01-15T14:18:00Z
    - role: Technical Lead
      person: John Doe
      assigned_at: 2024-01-15T14:20:00Z
    - role: Communications Lead
      person: Priya Nair
      assigned_at: 2024-01-15T14:22:00Z

  updates:
    - time: 14:20
      status: Assessing impact
      impact: Payment processing down for 5 min
      actions: Roles assigned, on-call engineer reading the payment logs
      next_update: 14:35
      actor: Jane Smith
    - time: 14:31
      status: Investigating root cause
      impact: Payment processing down for 16 min
      actions: Database team checking connections
      next_update: 14:46
      actor: Priya Nair
    - time: 15:09
      status: Monitoring
      impact: Payments working again since 15:02
      actions: Connection pool resized, idle database session terminated
      next_update: 15:24
      actor: Priya Nair
    - time: 15:25
      status: Monitoring
      impact: None since 15:02, success rate normal
      actions: Watching success rate, waiting clients and latency
      next_update: 15:40
      actor: Priya Nair
    - time: 15:41
      status: Monitoring
      impact: None since 15:02
      actions: Preparing the all-clear
      next_update: 15:56
      actor: Priya Nair
    - time: 15:45
      status: Resolved
      impact: Payment processing normal
      actions: Incident team standing down, post-mortem to be scheduled
      actor: Jane Smith

  mitigation:
    kind: fix_forward
    at: 2024-01-15T14:40:00Z
    description: Connection pool resized from 20 to 50
"""

COLUMNS = ("at", "kind", "actor", "text", "source", "ref")
CAPTURE = "evidence/database/2024-01-15T142730Z"
# The kinds are the runbook's; where an event is of several kinds its words tell them.
EVENTS = (
    ("13:58:00", "deployed", "", "payment-processor 2.31.0 deployed", "deploys", "deploy-4127"),
    ("14:15:00", "detected", "", "PaymentSuccessRateLow fired: under 90 % for 2 minutes", "alertmanager", "8c1f7a52"),
    ("14:15:10", "paged", "", "Page sent to the on-call engineer", "pager", "page-8841"),
    ("14:17:20", "reported", "Ana Costa", "Customer support has 40 tickets about payments", "support desk", ""),
    ("14:18:30", "channel_opened", "Jane Smith", "Incident channel opened", "chat", "#incident-2024-01-15-payments"),
    ("14:19:10", "engaged", "Ravi Patel", "On-call engineer joined the channel", "chat", ""),
    ("14:23:00", "status_page_updated", "Priya Nair", "Status page updated: investigating", "status page", ""),
    ("14:24:00", "", "Priya Nair", "Internal notice sent to stakeholders, updates every 15 minutes", "mail", ""),
    ("14:27:30", "captured", "Wei Chen", "Database state captured", "database", CAPTURE),
    ("14:33:00", "decided", "Jane Smith", "Decision: fix forward by resizing the connection pool", "chat", ""),
    ("14:40:00", "", "John Doe", "Fix applied: connection pool resized from 20 to 50", "chat", ""),
    ("14:44:00", "rollback_prepared", "Ravi Patel", "Rollback of 2.31.0 prepared, not used", "deploys", "deploy-4127"),
    ("15:02:11", "quick_fix_applied", "Wei Chen", "Idle database session terminated", "database", "pid 4187"),
    ("15:02:30", "recovered", "", "Payment success rate back above 98 %", "prometheus", ""),
    ("15:04:00", "monitoring", "John Doe", "Enhanced monitoring started for one hour", "chat", ""),
    ("15:06:00", "status_page_updated", "Priya Nair", "Status page updated: monitoring", "status page", ""),
    ("15:45:30", "", "Jane Smith", "All-clear message sent, incident team stood down", "chat", ""),
    ("15:46:00", "status_page_updated", "Priya Nair", "Status page updated: resolved", "status page", ""),
    ("15:52:00", "postmortem_scheduled", "Priya Nair", "Post-mortem scheduled for 2024-01-17 10:00", "calendar", ""),
    ("16:20:00", "exported", "Priya Nair", "Incident data exported", "incident:export", "MANIFEST.json"),
    ("16:30:00", "postmortem_created", "Priya Nair", "Post-mortem document created", "documents", "postmortem.md"),
)


def record_files() -> dict[str, bytes]:
    """The record and its timeline, by path relative to the bundle.

    Returns:
        The bytes of `incident.yaml`, which begins with the template byte for byte, and `timeline.csv`.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((f"2024-01-15T{clock}Z", *rest) for clock, *rest in EVENTS)
    return {"incident.yaml": (TEMPLATE + ADDED).encode(), "timeline.csv": buffer.getvalue().encode()}
