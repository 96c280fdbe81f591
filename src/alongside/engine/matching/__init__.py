"""The matching engine: everybody in a program gets the best partner the program as a whole can give.

    program = Program(mentees=Mentees.of(...), mentors=Mentors.of(...), questions=(...), rules=(...))
    result = match(program)                        # exact; result.gap == 0 is the proof
    assert certify(program, result).holds          # an independent path, in plain integers
    Advisor(program, result).what_if(a, b)         # what deciding a pair by hand would cost

No framework, no clock, no randomness: equal programs give equal results, bit for bit. The words, guarantees and
steps are told in docs/algorithms/matching.md.
"""

from .certify import Certificate, Fault, Flaw, certify
from .certify_circles import CircleCertificate, CircleFault, CircleFlaw, certify_circles
from .certify_peers import PeerCertificate, PeerFault, PeerFlaw, certify_peers
from .circles import Circle, CirclesResult, CommonHours, Outside, WhyOutside, circles
from .criteria import Facts, Likeness, SharedTags, SharedWeek, StepDifference, TwoLabels
from .errors import MatchingError, NotProven, PinConflict, ProgramError, WeightOverflow
from .explain import Account, Advisor, Alternative, Barrier, Explanation, Reason, WhatIf, barriers, explain
from .match import Proof, match
from .model import (
    PERFECT,
    WEEK_SLOTS,
    Answer,
    Different,
    Fairness,
    HoursAtLeast,
    InCommon,
    Listed,
    Mentee,
    Mentees,
    Mentor,
    Mentors,
    Overlap,
    Points,
    Question,
    Relation,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    StepsBetween,
    Table,
    Vector,
    Verb,
    weighted,
)
from .mutual import OneWay, match_one_way, mutual
from .peers import Alone, OddGroup, PeerPair, PeersResult, WhyAlone, peers
from .pool import Peer, PeerJudge, Peers, Pool
from .prices import bound, nearest
from .program import Program
from .rank import Ranked, Ranker, Ranking, rank
from .reroute import Move
from .result import Fewer, Figures, LeftOut, Pair, Result, Stats, Unfilled, Why
from .solve import Progress
from .tiers import runs_on
from .wire import fingerprint, program_from_json, program_to_json, result_from_json, result_to_json

__all__ = [
    "PERFECT",
    "WEEK_SLOTS",
    "Account",
    "Advisor",
    "Alone",
    "Alternative",
    "Answer",
    "Barrier",
    "Certificate",
    "Circle",
    "CircleCertificate",
    "CircleFault",
    "CircleFlaw",
    "CirclesResult",
    "CommonHours",
    "Different",
    "Explanation",
    "Facts",
    "Fairness",
    "Fault",
    "Fewer",
    "Figures",
    "Flaw",
    "HoursAtLeast",
    "InCommon",
    "LeftOut",
    "Likeness",
    "Listed",
    "MatchingError",
    "Mentee",
    "Mentees",
    "Mentor",
    "Mentors",
    "Move",
    "NotProven",
    "OddGroup",
    "OneWay",
    "Outside",
    "Overlap",
    "Pair",
    "Peer",
    "PeerCertificate",
    "PeerFault",
    "PeerFlaw",
    "PeerJudge",
    "PeerPair",
    "Peers",
    "PeersResult",
    "PinConflict",
    "Points",
    "Pool",
    "Program",
    "ProgramError",
    "Progress",
    "Proof",
    "Question",
    "Ranked",
    "Ranker",
    "Ranking",
    "Reason",
    "Relation",
    "ReportingLine",
    "Result",
    "Rule",
    "Same",
    "SameAnswer",
    "SharedHours",
    "SharedTags",
    "SharedWeek",
    "Stats",
    "StepDifference",
    "Steps",
    "StepsBetween",
    "Table",
    "TwoLabels",
    "Unfilled",
    "Vector",
    "Verb",
    "WeightOverflow",
    "WhatIf",
    "Why",
    "WhyAlone",
    "WhyOutside",
    "barriers",
    "bound",
    "certify",
    "certify_circles",
    "certify_peers",
    "circles",
    "explain",
    "fingerprint",
    "match",
    "match_one_way",
    "mutual",
    "nearest",
    "peers",
    "program_from_json",
    "program_to_json",
    "rank",
    "result_from_json",
    "result_to_json",
    "runs_on",
    "weighted",
]
