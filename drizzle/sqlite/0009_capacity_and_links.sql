CREATE TABLE `group_forecasts` (
	`group_id` text PRIMARY KEY NOT NULL,
	`starts` integer NOT NULL,
	`open` integer NOT NULL,
	`low_days` integer,
	`high_days` integer,
	`counted_at` text NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `volunteers` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`group_id` text NOT NULL,
	`name` text NOT NULL,
	`wards` text NOT NULL,
	`languages` text NOT NULL,
	`availability` text NOT NULL,
	`available_from` text,
	`ended_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `volunteers_group` ON `volunteers` (`group_id`);--> statement-breakpoint
CREATE TABLE `link_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`tries` integer NOT NULL,
	`used_at` text
);
--> statement-breakpoint
CREATE INDEX `link_codes_message` ON `link_codes` (`message_id`,`created_at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_attendances` (
	`id` text PRIMARY KEY NOT NULL,
	`placement_id` text NOT NULL,
	`session_on` text NOT NULL,
	`attended` integer NOT NULL,
	`late` integer NOT NULL,
	`reason` text,
	`recorded_by` text,
	`recorded_at` text NOT NULL,
	FOREIGN KEY (`placement_id`) REFERENCES `placements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_attendances`("id", "placement_id", "session_on", "attended", "late", "reason", "recorded_by", "recorded_at") SELECT "id", "placement_id", "session_on", "attended", "late", "reason", "recorded_by", "recorded_at" FROM `attendances`;--> statement-breakpoint
DROP TABLE `attendances`;--> statement-breakpoint
ALTER TABLE `__new_attendances` RENAME TO `attendances`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `attendances_once_per_session` ON `attendances` (`placement_id`,`session_on`);--> statement-breakpoint
ALTER TABLE `memberships` ADD `mail_mode` text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE `organisations` ADD `mail_mode` text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE `groups` ADD `weekly_quota` integer;--> statement-breakpoint
ALTER TABLE `groups` ADD `intake_from` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `intake_until` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `places_asked_on` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `register_asked_on` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `session_time_id` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `volunteer_id` text REFERENCES volunteers(id);--> statement-breakpoint
ALTER TABLE `placements` ADD `queue_priority` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `queue_reason` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `fit` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `fit_said_at` text;--> statement-breakpoint
CREATE INDEX `placements_volunteer` ON `placements` (`volunteer_id`) WHERE volunteer_id is not null;--> statement-breakpoint
ALTER TABLE `outbox` ADD `digest_id` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `resends` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `handled_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `outbox` ADD `handled_at` text;--> statement-breakpoint
CREATE INDEX `outbox_sent` ON `outbox` (`to_id`,`sent_at`) WHERE sent_at is not null;--> statement-breakpoint
CREATE INDEX `outbox_digest` ON `outbox` (`digest_id`) WHERE digest_id is not null;