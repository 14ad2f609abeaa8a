"""The tours of residents, the auditor, the catalogue keeper and the platform administrator."""

from tests.tours.street import WUTONG
from tests.tours.telling import FIRST, Step, Tour

RESIDENT = Tour(
    "resident",
    ("Resident, residents’ committee and resident representative", "居民、居委会和居民代表"),
    (
        (
            "No account is needed to read, nor to answer a survey. The committee hands out the slips; the"
            " representative speaks before money is paid."
        ),
        "查看公开信息和回答调查都不需要账号。居委会发放凭条；居民代表在付款之前发表意见。",
    ),
    (
        Step(
            "",
            "/streets",
            "Find your street.",
            "找到您所在的街道。",
            picture="resident-streets",
            phone=True,
        ),
        Step(
            "",
            f"/streets/{WUTONG}",
            "What it buys now, from whom it bought, how it went, and for how much.",
            "正在购买什么、向谁买、效果怎样、花了多少钱。",
            picture="resident-street",
            phone=True,
        ),
        Step(
            "yang.mei",
            "/evaluations/E-2025-0002/slips",
            "The residents’ committee prints or sends the addresses of the survey; each answers once.",
            "居委会打印或发送调查地址，每个地址只能作答一次。",
            picture="resident-slips",
        ),
        Step(
            "yang.mei",
            "/evaluations/E-2025-0002/slips",
            "Open one of them on a phone and answer. Nothing ties the answer to the slip.",
            "用手机打开其中一个并作答。答卷与凭条之间不留任何联系。",
            follow="/survey/",
            fill={"attitude": "5", "quality": "4", "timeliness": "5", "effect": "4", "again": "5"},
            picture="resident-survey",
            phone=True,
        ),
        Step(
            "zhu.gang",
            "/contracts/C-2025-0007",
            "The representative reads what was delivered and says what the residents think; only then the street"
            " may accept.",
            "居民代表查看交付情况并出具意见，此后街道才能验收。",
            picture="resident-contract",
        ),
    ),
)

AUDITOR = Tour(
    "auditor",
    ("Auditor", "审计人员"),
    (
        "You read everything that is not sealed or still secret, and act on findings alone.",
        "可以查看除密封和保密内容之外的全部信息，只办理审计问题。",
    ),
    (
        Step(
            "hua.rong",
            "/",
            "Signs, findings and the ledger’s state.",
            "疑点、审计问题和台账状态。",
            picture="auditor-home",
        ),
        Step(
            "hua.rong",
            "/ledger?record=T-2026-0006",
            "The ledger of a record: who did what, when, in which role.",
            "某一记录的台账：谁在何时以什么身份做了什么。",
            picture="auditor-ledger",
        ),
        Step(
            "hua.rong",
            "/findings",
            "Open a finding: one record, one fault, the rule it breaks. The street has ten working days.",
            "提出审计问题：一个记录、一个问题、所违反的规定。街道须在十个工作日内答复。",
            act="open-finding",
            fill={
                "subject": "T-2026-0013",
                "street": FIRST,
                "title": "未按公告时间开启",
                "text": "公告的开启时间已过，响应文件仍未开启，台账中没有说明。",
            },
            picture="auditor-finding",
        ),
        Step(
            "hua.rong",
            "/findings/F-2026-0002",
            "Close a finding that was answered; title, answer and conclusion stand in the public ledger.",
            "办结已答复的问题；标题、答复和结论载入公开台账。",
            act="close-finding",
            fill={"conclusion": "街道已更正凭证编号并说明原因，予以办结。"},
            picture="auditor-close",
        ),
    ),
)

KEEPER = Tour(
    "catalogue-keeper",
    ("Catalogue keeper of the district", "区民政目录管理人员"),
    (
        (
            "You keep the menu of services and what authorities have decided about organizations. The directory"
            " informs; it never bars."
        ),
        "维护服务菜单和主管部门对组织的认定。名录只供查询，不作为门槛。",
    ),
    (
        Step("cao.jie", "/", "What lapses soon.", "即将到期的事项。", picture="keeper-home"),
        Step(
            "cao.jie",
            "/catalogs",
            "Add a service: a unit that can be counted, the official code, a reference price if there is one.",
            "新增服务：可计数的单位、官方品目编码、参考价（如有）。",
            act="add-item",
            fill={
                "name_zh": "社区认知障碍家庭喘息陪伴",
                "unit_zh": "小时",
                "item": FIRST,
                "category": FIRST,
                "price_from": "60.00",
            },
            picture="keeper-item",
        ),
        Step(
            "cao.jie",
            "/organizations",
            "The directory: what an organization tells of itself, and how its services went.",
            "组织名录：组织的自我介绍和服务评价。",
            picture="keeper-directory",
        ),
        Step(
            "cao.jie",
            "/organizations/52000000MJ400004XY",
            "Record only what an authority decided and published, with its document.",
            "只登记主管部门作出并公布的认定，注明文号。",
            act="record-standing",
            picture="keeper-standing",
        ),
    ),
)

ADMINISTRATOR = Tour(
    "administrator",
    ("Platform administrator", "平台管理员"),
    (
        "You register organizations and people and keep the rules; you cannot act in any purchase.",
        "登记组织和人员，维护规则；不能办理任何采购事项。",
    ),
    (
        Step("jin.bo", "/", "The house at a glance.", "平台概况。", picture="administrator-home"),
        Step(
            "jin.bo",
            "/organizations/52000000MJ400004XY",
            "Invite somebody by mail; they choose account and password themselves.",
            "通过邮件邀请成员，由其自行设置账号和密码。",
            act="invite-member",
            fill={"email": "new.member@town.example", "role": "bidder"},
            picture="administrator-invite",
        ),
        Step(
            "jin.bo",
            "/law",
            "The rules with their articles and how far each was checked. A changed law is a new provision.",
            "规则、条款和核对程度。法规变更时登记新的一条。",
            picture="administrator-law",
        ),
        Step(
            "jin.bo",
            "/law",
            "A new provision holds from its first day on; records keep the law of their own day.",
            "新规则自施行之日起适用；既往记录仍适用当时的规定。",
            act="add-provision",
        ),
        Step(
            "jin.bo",
            "/help",
            "Everything that can be done here, for your telephone line.",
            "平台全部事项的说明，便于解答来电。",
            picture="administrator-help",
        ),
    ),
)
