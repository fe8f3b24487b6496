"""The closed lists of words that a partnership file uses."""

from concordat.domain.base.recommendations import rules as recommendations
from concordat.domain.governance.arrangements.rules import words as authority
from concordat.domain.governance.programme.rules import learning

LIMBS = tuple(authority.LIMBS)
INSTRUMENTS = authority.INSTRUMENTS
BASES = authority.BASES
LINK_EFFECTS = authority.EFFECTS

PARTNERSHIP_KINDS = (
    "safeguarding children partnership",
    "local safeguarding children board",
    "partnership of partnerships",
    "shared programme",
    "child death review partnership",
    "other",
)
STEPS = (
    "bid",
    "funding confirmed",
    "shadow running",
    "arrangements drafted",
    "arrangements sent",
    "arrangements published",
    "parallel running",
    "go-live",
    "old board ends",
    "full implementation",
    "merger",
    "other",
)
TOPICS = ("contact", "british sign language", "about", "young people", "accessibility")
PROGRESS = ("planned", "under way", "done", "delayed", "abandoned", "not stated")
LEARNING_MODELS = tuple(each.value for each in learning.Model)
LEARNING_STAGES = tuple(each.value for each in learning.Turn)
LEARNING_PARTS = tuple(each.value for each in learning.Part)
LEARNING_WORKS = tuple(each.value for each in learning.Sort)
LEARNING_ANSWERS = tuple(each.value for each in learning.Answer)
LEARNING_IMPACTS = tuple(each.value for each in learning.Impact)
AREA_KINDS = (
    "borough",
    "county",
    "unitary",
    "metropolitan district",
    "district",
    "city",
    "region",
    "health area",
    "police area",
    "other",
)
CLASSES = (
    "council",
    "health",
    "police",
    "education",
    "early years",
    "social care",
    "probation",
    "youth justice",
    "prisons",
    "courts and family justice",
    "fire and rescue",
    "ambulance",
    "housing",
    "voluntary",
    "faith",
    "sport and leisure",
    "armed forces",
    "immigration and border",
    "transport police",
    "mayor or commissioner",
    "district council",
    "coroner",
    "central government",
    "inspectorate",
    "university",
    "independent",
    "other",
)
STATUTORY_CLASSES = ("council", "health", "police")
STANDING = ("proposed", "shadow", "in force", "ended")
FOOTPRINT_KINDS = (
    "policing",
    "health",
    "child death review",
    "local government",
    "shared service",
    "programme",
    "other",
)
AGREEMENT_KINDS = (
    "memorandum of understanding",
    "hosting agreement",
    "section 75 agreement",
    "combining of areas",
    "delegation between partners",
    "information sharing agreement",
    "service level agreement",
    "contract",
    "grant",
    "other",
)
BODY_KINDS = (
    "old board",
    "partnership board",
    "executive",
    "transitional board",
    "steering group",
    "wider group",
    "operational group",
    "subgroup",
    "task and finish",
    "project group",
    "panel",
    "learning hub",
    "youth group",
    "forum",
    "network",
    "scrutiny",
    "secretariat",
    "team",
    "cabinet",
    "council",
    "governing body",
    "committee",
    "board of others",
    "other",
)
CAPACITIES = ("voting", "non-voting", "in attendance", "adviser", "observer")
OFFICES = (
    "lead partner",
    "delegate",
    "chair",
    "scrutineer",
    "strategy manager",
    "co-ordinator",
    "analyst",
    "reviewer",
    "agency lead",
    "member",
    "observer",
)
CONTRACTS = ("permanent", "fixed term", "consultant", "secondment", "volunteer", "other")
HOURS = ("full time", "part time", "ad hoc")
GRADING = ("graded", "to be confirmed", "to be graded")
HOLDING = ("holder", "deputy", "job share", "interim", "vacant")
REPORTS_AS = ("accountable to", "reports to", "line managed by", "advises", "linked to")
DECISION_STATES = ("planned", "made", "refused", "deferred", "withdrawn")
VERSION_STATES = (
    "in preparation",
    "draft",
    "out for comment",
    "out for agreement",
    "agreed",
    "published",
    "in force",
    "superseded",
)
POLICY_STATES = (*VERSION_STATES, "withdrawn")
PROMISE_STATES = ("kept", "released")
FINDING_KINDS = (
    "gap",
    "contradiction",
    "ambiguous",
    "loose citation",
    "against the rule",
    "out of order",
    "name differs",
    "other",
)
MEETING_STATES = ("planned", "held", "cancelled", "not stated")
PAPER_PURPOSES = (
    "information",
    "update by request",
    "feedback requested",
    "action required",
    "decision required",
    "briefing",
    "consultation",
    "not stated",
)
LEVELS_OF_COST = ("set-up", "recurrent", "non-recurrent", "not stated")
MONEY_STATES = (
    "sought", "pledged", "agreed", "invoiced", "received", "declined", "withdrawn", "not stated",
)  # fmt: skip
TREATMENTS = ("treat", "tolerate", "transfer", "terminate")
BUDGET_STATES = ("draft", "agreed", "closed")
SHARING_METHODS = ("equal", "percentage", "population", "caseload", "flat", "hybrid")
LESSON_KINDS = ("challenge", "response", "success", "lesson", "innovation")
SCRUTINY_SUBJECTS = (
    "model",
    "function",
    "link",
    "line management",
    "method",
    "independence risk",
    "plan",
    "report",
)
EVALUATION_PARTS = ("question", "work done", "next step", "method", "criterion", "finding")
COMMUNICATION_KINDS = (
    "plan",
    "press release",
    "briefing note",
    "briefing",
    "publication",
    "event",
    "presentation",
    "message",
    "other",
)

RECOMMENDED_BY = tuple(each.value for each in recommendations.Origin)
RECOMMENDATION_STATES = tuple(each.value for each in recommendations.Stage)
RECOMMENDATION_LEVELS = tuple(each.value for each in recommendations.Level)
RECOMMENDATION_NATURES = tuple(each.value for each in recommendations.Nature)
