CREATE TABLE `service_areas` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_areas_code` ON `service_areas` (`kind`,`code`);--> statement-breakpoint
CREATE TABLE `questions` (
	`id` text PRIMARY KEY NOT NULL,
	`referral_id` text NOT NULL,
	`placement_id` text,
	`text` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` text,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `questions_referral` ON `questions` (`referral_id`,`asked_at`);--> statement-breakpoint
CREATE TABLE `signposts` (
	`id` text PRIMARY KEY NOT NULL,
	`referral_id` text NOT NULL,
	`project_id` text,
	`text` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `signposts_referral` ON `signposts` (`referral_id`,`made_at`);--> statement-breakpoint
ALTER TABLE `memberships` ADD `leave_from` text;--> statement-breakpoint
ALTER TABLE `memberships` ADD `leave_until` text;--> statement-breakpoint
ALTER TABLE `memberships` ADD `wards` text;--> statement-breakpoint
ALTER TABLE `organisations` ADD `settings` text;--> statement-breakpoint
ALTER TABLE `people` ADD `messages_stopped` text;--> statement-breakpoint
ALTER TABLE `people` ADD `messages_stopped_at` text;--> statement-breakpoint
ALTER TABLE `people` ADD `tell_practice` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `young_person` text;--> statement-breakpoint
ALTER TABLE `people` ADD `merged_into_id` text;--> statement-breakpoint
CREATE INDEX `people_birth` ON `people` (`date_of_birth`,`postcode`);--> statement-breakpoint
CREATE INDEX `people_merged_into` ON `people` (`merged_into_id`);--> statement-breakpoint
ALTER TABLE `placements` ADD `provider_days_used` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `placements` ADD `provider_clock_from` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `restarts_on` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `paused_by_hold` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `placements` ADD `redirected_to_project_id` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `reminded_at` text;--> statement-breakpoint
ALTER TABLE `placements` ADD `escalated_at` text;--> statement-breakpoint
CREATE INDEX `placements_status_due` ON `placements` (`status`,`next_due_on`,`id`);--> statement-breakpoint
ALTER TABLE `events` ADD `caused_by` text;--> statement-breakpoint
ALTER TABLE `events` ADD `undoes` text;--> statement-breakpoint
ALTER TABLE `events` ADD `changes` text;--> statement-breakpoint
CREATE INDEX `events_caused_by` ON `events` (`caused_by`);--> statement-breakpoint
CREATE UNIQUE INDEX `events_undoes` ON `events` (`undoes`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `failed_at` text;--> statement-breakpoint
CREATE INDEX `outbox_failed` ON `outbox` (`failed_at`) WHERE failed_at is not null;--> statement-breakpoint
ALTER TABLE `contacts` ADD `placement_id` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `before_status` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `before_step` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `before_days_left` integer;--> statement-breakpoint
ALTER TABLE `referrals` ADD `restarts_on` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `redirected_to` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `redirected_to_organisation_id` text REFERENCES organisations(id);--> statement-breakpoint
ALTER TABLE `referrals` ADD `is_direct` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `referrals` ADD `on_behalf_of` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `wanted_project_id` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `reminded_at` text;--> statement-breakpoint
CREATE INDEX `referrals_redirected` ON `referrals` (`redirected_to_organisation_id`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_status_due` ON `referrals` (`status`,`next_due_on`,`id`);--> statement-breakpoint
UPDATE `referrals` SET `next_owner_kind` = 'navigator', `next_owner_id` = `receiving_organisation_id` WHERE `next_owner_kind` = 'user' OR `next_owner_id` = `receiving_organisation_id`;--> statement-breakpoint
UPDATE `placements` SET `provider_clock_from` = substr(`sent_at`, 1, 10) WHERE `status` IN ('sent', 'seen');
