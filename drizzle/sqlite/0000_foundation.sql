CREATE TABLE `memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`role` text NOT NULL,
	`suspended_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_user_organisation` ON `memberships` (`user_id`,`organisation_id`);--> statement-breakpoint
CREATE INDEX `memberships_organisation_role` ON `memberships` (`organisation_id`,`role`);--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`ods_code` text,
	`email` text,
	`is_default_service` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_slug` ON `organisations` (`slug`);--> statement-breakpoint
CREATE INDEX `organisations_ods_code` ON `organisations` (`ods_code`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`suspended_at` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`project_id` text NOT NULL,
	`provider_organisation_id` text NOT NULL,
	`name` text NOT NULL,
	`schedule` text NOT NULL,
	`venue` text NOT NULL,
	`rules` text NOT NULL,
	`capacity_kind` text NOT NULL,
	`places` integer,
	`capacity_confirmed_at` text,
	`intake_paused` integer NOT NULL,
	`intake_reopens_on` text,
	`course_starts_on` text,
	`course_ends_on` text,
	`cancelled_at` text,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`provider_organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "groups_places" CHECK(("groups"."capacity_kind" = 'open') = ("groups"."places" is null)),
	CONSTRAINT "groups_places_range" CHECK("groups"."places" >= 0)
);
--> statement-breakpoint
CREATE INDEX `groups_project` ON `groups` (`project_id`);--> statement-breakpoint
CREATE INDEX `groups_provider` ON `groups` (`provider_organisation_id`);--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`provider_organisation_id` text NOT NULL,
	`name` text NOT NULL,
	`summary` text NOT NULL,
	`first_visit` text,
	`needs` text NOT NULL,
	`rules` text NOT NULL,
	`is_crisis` integer NOT NULL,
	`is_listed` integer NOT NULL,
	FOREIGN KEY (`provider_organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_slug` ON `projects` (`slug`);--> statement-breakpoint
CREATE INDEX `projects_provider` ON `projects` (`provider_organisation_id`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`placement_id` text,
	`organisation_id` text NOT NULL,
	`basis` text NOT NULL,
	`reason` text,
	`recorded_by` text,
	`granted_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `grants_referral_organisation` ON `grants` (`referral_id`,`organisation_id`);--> statement-breakpoint
CREATE INDEX `grants_placement` ON `grants` (`placement_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`full_name` text NOT NULL,
	`given_name` text,
	`family_name` text,
	`search_name` text NOT NULL,
	`date_of_birth` text NOT NULL,
	`nhs_number` text,
	`address_lines` text,
	`postcode` text,
	`no_fixed_address` integer NOT NULL,
	`ward_code` text,
	`phone` text,
	`email` text,
	`practice_ods_code` text,
	`gender` text,
	`ethnicity` text,
	`preferred_language` text,
	`interpreter` integer,
	`communication_needs` text,
	`safe_contact` text NOT NULL,
	`facts` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `people_search_name` ON `people` (`search_name`);--> statement-breakpoint
CREATE INDEX `people_nhs_number` ON `people` (`nhs_number`);--> statement-breakpoint
CREATE TABLE `attendances` (
	`id` text PRIMARY KEY NOT NULL,
	`placement_id` text NOT NULL,
	`session_on` text NOT NULL,
	`attended` integer NOT NULL,
	`late` integer NOT NULL,
	`reason` text,
	`recorded_by` text NOT NULL,
	`recorded_at` text NOT NULL,
	FOREIGN KEY (`placement_id`) REFERENCES `placements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attendances_once_per_session` ON `attendances` (`placement_id`,`session_on`);--> statement-breakpoint
CREATE TABLE `placements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`referral_id` text NOT NULL,
	`group_id` text NOT NULL,
	`project_id` text NOT NULL,
	`provider_organisation_id` text NOT NULL,
	`receiving_organisation_id` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`declined_rule` text,
	`note` text,
	`override_reason` text,
	`sent_at` text NOT NULL,
	`accepted_at` text,
	`booked_for` text,
	`started_at` text,
	`ended_at` text,
	`waiting_since` text,
	`missed_in_a_row` integer NOT NULL,
	`next_owner_kind` text,
	`next_owner_id` text,
	`next_step` text,
	`next_due_on` text,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`provider_organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`receiving_organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "placements_next_action" CHECK(case when "placements"."status" in ('sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered', 'accepted', 'booked', 'started', 'did_not_start') then next_owner_kind is not null and next_owner_id is not null and next_step is not null and next_due_on is not null else next_owner_kind is null and next_owner_id is null and next_step is null and next_due_on is null end)
);
--> statement-breakpoint
CREATE INDEX `placements_referral` ON `placements` (`referral_id`);--> statement-breakpoint
CREATE INDEX `placements_group_status` ON `placements` (`group_id`,`status`);--> statement-breakpoint
CREATE INDEX `placements_provider` ON `placements` (`provider_organisation_id`,`status`,`sent_at`,`id`);--> statement-breakpoint
CREATE INDEX `placements_provider_sent` ON `placements` (`provider_organisation_id`,`sent_at`,`id`);--> statement-breakpoint
CREATE INDEX `placements_receiving_sent` ON `placements` (`receiving_organisation_id`,`sent_at`,`id`);--> statement-breakpoint
CREATE INDEX `placements_receiving` ON `placements` (`receiving_organisation_id`,`status`,`sent_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `placements_once_per_group` ON `placements` (`referral_id`,`group_id`) WHERE status in ('sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered', 'accepted', 'booked', 'started', 'did_not_start');--> statement-breakpoint
CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`body_digest` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`about` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `answers_created` ON `answers` (`created_at`);--> statement-breakpoint
CREATE INDEX `answers_about` ON `answers` (`about`);--> statement-breakpoint
CREATE TABLE `audit_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`organisation_id` text,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text,
	`event_id` text,
	`request_id` text,
	`detail` text NOT NULL,
	`digest` text NOT NULL,
	`sequence` integer,
	`seal` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_rows_sequence` ON `audit_rows` (`sequence`) WHERE sequence is not null;--> statement-breakpoint
CREATE INDEX `audit_rows_unsealed` ON `audit_rows` (`id`) WHERE sequence is null;--> statement-breakpoint
CREATE INDEX `audit_rows_subject` ON `audit_rows` (`subject_id`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `audit_rows_event` ON `audit_rows` (`event_id`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_version` integer NOT NULL,
	`referral_id` text,
	`from_status` text,
	`to_status` text,
	`reason` text,
	`detail` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`organisation_id` text,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_subject_version` ON `events` (`subject_id`,`subject_version`);--> statement-breakpoint
CREATE INDEX `events_referral` ON `events` (`referral_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `job_leases` (
	`name` text PRIMARY KEY NOT NULL,
	`held_by` text,
	`leased_until` text,
	`last_started_at` text,
	`last_finished_at` text,
	`last_error` text
);
--> statement-breakpoint
CREATE TABLE `mailbox` (
	`id` text PRIMARY KEY NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`message_id` text NOT NULL,
	`received_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailbox_message_id` ON `mailbox` (`message_id`);--> statement-breakpoint
CREATE INDEX `mailbox_received` ON `mailbox` (`received_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`notice` text NOT NULL,
	`to_kind` text NOT NULL,
	`to_id` text NOT NULL,
	`referral_id` text,
	`placement_id` text,
	`event_id` text NOT NULL,
	`created_at` text NOT NULL,
	`next_attempt_at` text NOT NULL,
	`attempts` integer NOT NULL,
	`leased_until` text,
	`sent_at` text,
	`ended_at` text,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`next_attempt_at`) WHERE sent_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX `outbox_referral` ON `outbox` (`referral_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`referral_id` text NOT NULL,
	`outcome` text NOT NULL,
	`channel` text NOT NULL,
	`note` text,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `contacts_referral` ON `contacts` (`referral_id`,`made_at`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`content` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drafts_user` ON `drafts` (`user_id`,`organisation_id`);--> statement-breakpoint
CREATE INDEX `drafts_expires` ON `drafts` (`expires_at`);--> statement-breakpoint
CREATE TABLE `goals` (
	`id` text PRIMARY KEY NOT NULL,
	`referral_id` text NOT NULL,
	`text` text NOT NULL,
	`importance` integer NOT NULL,
	`result` text,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `goals_referral` ON `goals` (`referral_id`);--> statement-breakpoint
CREATE TABLE `referrals` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`reference` text NOT NULL,
	`person_id` text NOT NULL,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`origin` text NOT NULL,
	`referring_organisation_id` text,
	`referred_by` text,
	`receiving_organisation_id` text NOT NULL,
	`navigator_id` text,
	`reason` text NOT NULL,
	`what_matters_to_me` text,
	`needs` text NOT NULL,
	`strengths` text NOT NULL,
	`project_basis` text,
	`project_basis_reason` text,
	`received_at` text NOT NULL,
	`contacted_at` text,
	`closed_at` text,
	`closing_reason` text,
	`closing_summary` text,
	`duplicate_of` text,
	`next_owner_kind` text,
	`next_owner_id` text,
	`next_step` text,
	`next_due_on` text,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referring_organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referred_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`receiving_organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`navigator_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "referrals_next_action" CHECK(case when "referrals"."status" in ('submitted', 'assigned', 'information_needed', 'contacted', 'active', 'on_hold', 'redirected') then next_owner_kind is not null and next_owner_id is not null and next_step is not null and next_due_on is not null else next_owner_kind is null and next_owner_id is null and next_step is null and next_due_on is null end)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_reference` ON `referrals` (`reference`);--> statement-breakpoint
CREATE INDEX `referrals_receiving` ON `referrals` (`receiving_organisation_id`,`status`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_receiving_received` ON `referrals` (`receiving_organisation_id`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_receiving_due` ON `referrals` (`receiving_organisation_id`,`next_due_on`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_referring` ON `referrals` (`referring_organisation_id`,`changed_at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_referring_received` ON `referrals` (`referring_organisation_id`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_navigator` ON `referrals` (`navigator_id`,`status`);--> statement-breakpoint
CREATE INDEX `referrals_person` ON `referrals` (`person_id`);--> statement-breakpoint
CREATE TABLE `risks` (
	`id` text PRIMARY KEY NOT NULL,
	`referral_id` text NOT NULL,
	`kind` text NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`referral_id`) REFERENCES `referrals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `risks_referral` ON `risks` (`referral_id`);