"""Ids that point elsewhere, each a type of its own that says to what."""

from __future__ import annotations

from typing import Annotated

from generator.model.kinds import PointsTo
from generator.model.scalars import Slug

IndustryId = Annotated[Slug, PointsTo("industry")]
RegionId = Annotated[Slug, PointsTo("region")]
UseId = Annotated[Slug, PointsTo("use")]
AccountId = Annotated[Slug, PointsTo("account")]
PersonId = Annotated[Slug, PointsTo("person")]
ContactId = Annotated[Slug, PointsTo("contact")]
ChannelId = Annotated[Slug, PointsTo("channel")]
DimensionId = Annotated[Slug, PointsTo("dimension")]
ElementId = Annotated[Slug, PointsTo("element")]
ReferenceUseId = Annotated[Slug, PointsTo("reference-use")]
OfferingId = Annotated[Slug, PointsTo("offering")]
ActivityId = Annotated[Slug, PointsTo("activity")]
RecognitionId = Annotated[Slug, PointsTo("recognition")]
RivalId = Annotated[Slug, PointsTo("rival")]
ObjectiveId = Annotated[Slug, PointsTo("objective")]
ActionId = Annotated[Slug, PointsTo("action")]
RiskId = Annotated[Slug, PointsTo("risk")]
RuleId = Annotated[Slug, PointsTo("rule")]
